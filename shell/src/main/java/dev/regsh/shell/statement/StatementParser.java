// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.base.text.Nearest;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.split.Splitter;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.completion.FirstWords;
import java.util.List;
import java.util.Objects;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * The language behind Spring Shell's seam. A {@link ParsedInput} holds words alone: the statement itself, and where it stands, is the
 * workspace's place.
 */
public final class StatementParser implements CommandParser {
    private static final String HELP = "--help";

    private final CommandRegistry registry;
    private final Workspace workspace;
    private Source source = new Source("", "");
    private Splitter.Piece piece = new Splitter.Piece(0, 0);

    public StatementParser(CommandRegistry registry, Workspace workspace) {
        this.registry = registry;
        this.workspace = workspace;
    }

    /** Says where that stands which is parsed next: Spring Shell hands on a string, and mistakes are shown in their place. */
    public void next(Source text, Splitter.Piece statement) {
        source = text;
        piece = statement;
    }

    /**
     * Reads the statement that {@link #next} has named.
     *
     * @throws DiagnosticException if there is no such command or the statement does not parse; it has been said
     */
    @Override
    public ParsedInput parse(String input) {
        Statement statement;
        try {
            statement = Parser.statement(source, piece, workspace.variables());
        } catch (DiagnosticException wrong) {
            workspace.failures().unparsable(source, wrong);
            throw wrong;
        }
        return parse(source, statement);
    }

    /**
     * Names the command that carries out a statement, and the words that it takes.
     *
     * @throws DiagnosticException if there is none; it has been said
     */
    public ParsedInput parse(Source text, Statement statement) {
        workspace.at(new Workspace.Place(text, statement));
        return statement.accept(new Naming());
    }

    /** A word of the language, whose statement is read already, or a command with its words. */
    private final class Naming implements Statement.Visitor<ParsedInput> {
        @Override
        public ParsedInput visitRule(Rule rule) {
            return word(rule.dry() ? "dry" : rule.after() ? "after" : "on");
        }

        @Override
        public ParsedInput visitShell(Statement.Shell line) {
            return word("!");
        }

        @Override
        public ParsedInput visitExpect(Statement.Expect expect) {
            return word("expect");
        }

        @Override
        public ParsedInput visitSleep(Statement.Sleep sleep) {
            return word("sleep");
        }

        @Override
        public ParsedInput visitWait(Statement.Wait wait) {
            return word("wait");
        }

        @Override
        public ParsedInput visitLet(Statement.Let let) {
            return word("let");
        }

        @Override
        public ParsedInput visitOnError(Statement.OnError onError) {
            return word("onerror");
        }

        @Override
        public ParsedInput visitCommand(Statement.Command line) {
            List<String> words = line.words().subList(1, line.words().size());
            Command command = command(line);
            // Spring Shell's answer to --help is one text; the command help has documents, too, and other meanings of the word.
            return words.equals(List.of(HELP)) ? input(command("help"), List.of(command.getName())) : input(command, words);
        }

        private ParsedInput word(String word) {
            return ParsedInput.builder().commandName(word).build();
        }
    }

    /** What the command declares as an option is one, wherever it stands; whatever else is typed is an operand. */
    private static ParsedInput input(Command command, List<String> words) {
        ParsedInput.Builder input = ParsedInput.builder().commandName(command.getName());
        int operands = 0;
        for (String word : words) {
            CommandOption option = command.getOptions().stream().filter(each -> each.isOptionEqual(word)).findFirst().orElse(null);
            if (option == null) {
                input.addArgument(new CommandArgument(operands++, word));
            } else {
                input.addOption(option);
            }
        }
        return input.build();
    }

    private Command command(String name) {
        return Objects.requireNonNull(registry.getCommandByName(name));
    }

    /** The executor would take the beginning of a command's name for a request to list what begins so, and end with success. */
    private Command command(Statement.Command line) {
        String name = line.words().get(0);
        Command command = registry.getCommandByName(name);
        if (command == null) {
            DiagnosticException unknown = new DiagnosticException(new Diagnostic(
                    workspace.place().source().span(line.span().offset(), name.length()), "no command '" + name + "'",
                    suggestion(name)));
            workspace.failures().apply(unknown);
            throw unknown;
        }
        return command;
    }

    private String suggestion(String typed) {
        List<String> words = FirstWords.of(registry).stream().map(CompletionProposal::value).toList();
        String meant = words.stream().filter(word -> word.startsWith(typed) || typed.startsWith(word)).findFirst()
                .orElseGet(() -> Nearest.of(typed, words, 1).stream().findFirst().orElse(""));
        return meant.isEmpty() ? "help shows the commands; a rule begins with on or after" : "did you mean " + meant + "?";
    }
}
