// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.shell.command.Commands;
import dev.regsh.shell.command.Host;
import dev.regsh.shell.command.RegshCommand;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.statement.StatementParser;
import dev.regsh.shell.statement.Statements;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/** Carries statements out: the registry of all that they can begin with, the parser, and Spring Shell's loops and executor over them. */
public final class Interpreter {
    /** Of scripts that replay scripts. */
    private static final int DEEPEST = 16;

    private final Workspace workspace;
    private final boolean script;
    private final CommandRegistry commands = new CommandRegistry();
    private final StatementParser parser;
    private @Nullable Report report;
    private int depth;

    /** @param script {@code !} commands do not have the terminal: their output is read, so that {@code expect output} knows it */
    public Interpreter(Workspace workspace, Host host, boolean script) {
        this.workspace = workspace;
        this.script = script;
        parser = new StatementParser(commands, workspace);
        Commands.register(commands, workspace, host);
        commands.registerCommand(new ReplayCommand(workspace, host, this));
        Statements.register(commands, workspace, host, () -> this.script || depth > 0 || workspace.options().on(Options.CAPTURE));
    }

    /** All that a statement can begin with. */
    public CommandRegistry commands() {
        return commands;
    }

    /** Reads what a {@link #feed} hands out. */
    public CommandParser parser() {
        return parser;
    }

    /** For a loop over texts that come one by one. */
    public StatementFeed feed() {
        return new StatementFeed(workspace, parser, report);
    }

    /** Tells a report of every expectation from here on. */
    public void reportTo(Report to) {
        report = to;
    }

    /**
     * Runs a text; a text that does not parse is not begun.
     *
     * @return an exit code
     */
    public int run(Source source) {
        StatementFeed statements = feed();
        statements.begin(source);
        try {
            new ScriptRunner(statements, parser, commands).run(new String[0]);
        } catch (RuntimeException bug) {
            throw bug;
        } catch (Exception never) {
            throw new IllegalStateException(never);
        }
        return statements.exitCode();
    }

    /**
     * Runs one command whose words were the arguments of the process: they are not joined and read again.
     *
     * @return an exit code
     * @throws Failure if there is no such command
     */
    public int run(List<String> words) {
        if (!(commands.getCommandByName(words.get(0)) instanceof RegshCommand)) {
            throw new Failure(Failure.Kind.USAGE, "no command '" + words.get(0) + "'", "regsh --help");
        }
        String text = String.join(" ", words);
        ParsedInput input = parser.parse(new Source("regsh", text), new Statement.Command(words, text, Span.NONE));
        return new CommandExecutor(commands).execute(new CommandContext(input, commands, new PrintWriter(Writer.nullWriter()),
                new InputReader() {})).code();
    }

    /**
     * Runs a script inside this session, as a statement of what runs already.
     *
     * @throws Failure if it did not come to its end
     */
    void replay(String file, List<String> arguments) {
        if (depth == DEEPEST) {
            throw new Failure("scripts replay each other without end", "");
        }
        depth++;
        Map<String, String> variables = workspace.variables();
        Map<String, String> before = new HashMap<>(variables);
        boolean stopBefore = workspace.stopsOnError();
        Collection<LiveRule> rulesBefore = workspace.session().rules().live();
        Workspace.Place statement = workspace.place();
        variables.keySet().removeIf(Interpreter::isArgument);
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(Integer.toString(i + 1), arguments.get(i));
        }
        try {
            workspace.stopOnError(workspace.rehearsal().isEmpty());
            int status = run(ScriptFile.read(file, false));
            if (status != ExitCode.DONE) {
                throw new Failure(ExitCode.kind(status), file + " did not come to its end",
                        "the error above says where" + left(rulesBefore));
            }
        } finally {
            depth--;
            workspace.at(statement);
            workspace.failures().clear();
            workspace.stopOnError(stopBefore);
            variables.keySet().removeIf(Interpreter::isArgument);
            before.forEach((name, value) -> {
                if (isArgument(name)) {
                    variables.put(name, value);
                }
            });
        }
    }

    private static boolean isArgument(String variable) {
        return Character.isDigit(variable.charAt(0));
    }

    /** At a prompt, what a script that failed half way has attached, and the way back. */
    private String left(Collection<LiveRule> before) {
        List<String> rules = workspace.session().rules().live().stream().filter(rule -> !before.contains(rule)).map(LiveRule::name)
                .toList();
        return script || workspace.rehearsal().isPresent() || rules.isEmpty() ? ""
                : "; what it has attached stays: detach " + String.join(" ", rules);
    }
}
