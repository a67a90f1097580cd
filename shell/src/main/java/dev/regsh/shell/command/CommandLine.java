// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.base.text.Nearest;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.split.Words;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.session.AllRules;
import dev.regsh.session.Session;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.Output;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/** Routes a line that is no rule to the command its first word names. */
public final class CommandLine {
    private static final Set<String> LEAVE = Set.of("exit", "quit");

    private final CommandRegistry registry = new CommandRegistry();
    private final PlanCommand plan;

    /**
     * @param host of scripts and of the prompt, asked when a command needs it
     * @param once the process runs one command and has no rules of its own
     */
    public CommandLine(Session session, Output output, Options options, Host host, boolean once) {
        plan = new PlanCommand(session, output);
        AllRules rules = new AllRules(session);
        RuleCommand.all(rules, output).forEach(registry::registerCommand);
        List.of(new ListCommand(rules, output, once), new KeepCommand(session, output), new FindCommand(session, output),
                new InfoCommand(session, output), new DoctorCommand(session, output), plan,
                new SaveCommand(session, output), new ReplayCommand(host), new EventsCommand(host, output),
                new HistoryCommand(host, output), new SetCommand(options, output), new VersionCommand(output), new ClearCommand(host), new ExitCommand("exit"),
                        new ExitCommand("quit"),
                new HelpCommand(registry::getCommands, output)).forEach(registry::registerCommand);
    }

    /** Every word a line can begin with, in order. */
    public Set<String> firstWords() {
        Set<String> words = new TreeSet<>(Words.FIRST_WORDS);
        registry.getCommands().forEach(command -> words.add(command.getName()));
        return words;
    }

    /** The one-line description of a command; empty if there is none of the name. */
    public String describe(String name) {
        Command command = registry.getCommandByName(name);
        return command == null ? "" : command.getDescription();
    }

    public boolean knows(String name) {
        return registry.getCommandByName(name) != null;
    }

    /**
     * Carries a command out.
     *
     * @param variables of the script, which a rule to be planned may hold
     * @return whether the command asks to leave
     */
    public boolean execute(Source source, Statement.Command line, Map<String, String> variables) {
        RegshCommand command = command(source, line);
        List<String> words = operands(line);
        boolean help = words.equals(List.of("--help"));
        if (isRule(command, line)) {
            plan.show(source, line, variables);
            return false;
        }
        ParsedInput.Builder input = ParsedInput.builder().commandName(help ? "help" : command.getName());
        List<String> arguments = help ? List.of(command.getName()) : words;
        for (int i = 0; i < arguments.size(); i++) {
            input.addArgument(new CommandArgument(i, arguments.get(i)));
        }
        try {
            (help ? registry.getCommandByName("help") : command).execute(new CommandContext(input.build(), registry,
                    new PrintWriter(Writer.nullWriter()), new InputReader() { }));
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        return leaves(line);
    }

    /** Refuses what {@link #execute} would refuse whatever the state of session and machine, and does nothing. */
    public void check(Source source, Statement.Command line, Map<String, String> variables) {
        RegshCommand command = command(source, line);
        if (isRule(command, line)) {
            plan.check(source, line, variables);
        } else if (!operands(line).equals(List.of("--help"))) {
            command.check(operands(line));
        }
    }

    /** Whether the command asks to leave. */
    public static boolean leaves(Statement.Command line) {
        return LEAVE.contains(line.words().get(0)) && operands(line).isEmpty();
    }

    private RegshCommand command(Source source, Statement.Command line) {
        String typed = line.words().get(0);
        String name = typed.equals("?") ? "help" : typed;
        if (!(registry.getCommandByName(name) instanceof RegshCommand command)) {
            throw new DiagnosticException(new Diagnostic(source.span(line.span().offset(), name.length()),
                    "no command '" + name + "'", suggestion(name)));
        }
        return command;
    }

    private static List<String> operands(Statement.Command line) {
        return line.words().subList(1, line.words().size());
    }

    /** A plan's rule is read where it stands. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isRule(RegshCommand command, Statement.Command line) {
        return command == plan && line.text().startsWith(plan.getName()) && !operands(line).isEmpty()
                && !operands(line).equals(List.of("--help"));
    }

    private String suggestion(String typed) {
        String meant = firstWords().stream().filter(word -> word.startsWith(typed) || typed.startsWith(word)).findFirst()
                .orElseGet(() -> Nearest.of(typed, firstWords(), 1).stream().findFirst().orElse(""));
        return meant.isEmpty() ? "help shows the commands; a rule begins with on or after" : "did you mean " + meant + "?";
    }
}
