// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.grammar.Source;
import dev.regsh.grammar.ast.Statement;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.shell.output.Output;
import dev.regsh.shell.session.Session;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
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
    /** What begins a statement of the language, for Tab and for a mistyped first word. */
    private static final List<String> LANGUAGE = List.of("on", "after", "dry", "expect", "sleep", "wait", "let", "onerror");

    private final CommandRegistry registry = new CommandRegistry();

    public CommandLine(Session session, Output output) {
        List.of(new ListCommand(session, output), new DetachCommand(session, output), new ArmCommand(session, output),
                new DisarmCommand(session, output), new FindCommand(session, output), new InfoCommand(session, output),
                new DoctorCommand(session, output), new PlanCommand(session, output),
                new HelpCommand(registry::getCommands, output)).forEach(registry::registerCommand);
    }

    /** Every word a line can begin with, in order. */
    public Set<String> firstWords() {
        Set<String> words = new TreeSet<>(LANGUAGE);
        words.addAll(LEAVE);
        registry.getCommands().forEach(command -> words.add(command.getName()));
        return words;
    }

    public boolean knows(String name) {
        return registry.getCommandByName(name) != null;
    }

    /** @return whether the command asks to leave */
    public boolean execute(Source source, Statement.Command line) {
        String name = line.words().get(0);
        if (LEAVE.contains(name)) {
            return true;
        }
        Command command = registry.getCommandByName(name);
        if (command == null) {
            throw new DiagnosticException(new Diagnostic(source.span(line.span().offset(), name.length()),
                    "no command '" + name + "'", suggestion(name)));
        }
        ParsedInput.Builder input = ParsedInput.builder().commandName(name);
        for (int i = 1; i < line.words().size(); i++) {
            input.addArgument(new CommandArgument(i - 1, line.words().get(i)));
        }
        try {
            command.execute(new CommandContext(input.build(), registry, new PrintWriter(Writer.nullWriter()),
                    new InputReader() { }));
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        return false;
    }

    private String suggestion(String typed) {
        for (String word : firstWords()) {
            if (word.startsWith(typed) || typed.startsWith(word) || differByOne(word, typed)) {
                return "did you mean " + word + "?";
            }
        }
        return "help shows the commands; a rule begins with on or after";
    }

    /** One letter wrong, missing, too many, or two exchanged. */
    private static boolean differByOne(String a, String b) {
        int from = 0;
        int shorter = Math.min(a.length(), b.length());
        while (from < shorter && a.charAt(from) == b.charAt(from)) {
            from++;
        }
        int end = 0;
        while (end < shorter - from && a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end)) {
            end++;
        }
        int left = a.length() - from - end;
        int right = b.length() - from - end;
        boolean exchanged = left == 2 && right == 2 && a.charAt(from) == b.charAt(from + 1)
                && a.charAt(from + 1) == b.charAt(from);
        return left <= 1 && right <= 1 || exchanged;
    }
}
