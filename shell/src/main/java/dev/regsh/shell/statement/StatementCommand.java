// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.grammar.statement.Statement;
import dev.regsh.shell.command.Rehearsal;
import dev.regsh.shell.command.SessionCommand;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.language.LanguageTopics;
import java.util.Objects;
import org.springframework.shell.core.command.CommandContext;

/**
 * A word of the language that begins a statement, as a command of Spring Shell. The words behind it are the grammar's, so it takes
 * what the parser has made of them, not arguments.
 *
 * @param <T> what it makes of them
 */
abstract class StatementCommand<T extends Statement> extends SessionCommand {
    private final Class<T> kind;

    StatementCommand(Workspace workspace, String word, String group, Class<T> kind) {
        super(workspace, word, LanguageTopics.meaning(word), group);
        this.kind = kind;
    }

    StatementCommand(Workspace workspace, String word, Class<T> kind) {
        this(workspace, word, STATEMENTS, kind);
    }

    @Override
    protected final void rehearse(CommandContext context, Rehearsal rehearsal) {
        rehearse(statement(), rehearsal);
    }

    @Override
    protected final void run(CommandContext context) {
        run(statement());
    }

    private T statement() {
        return kind.cast(Objects.requireNonNull(workspace().place().statement()));
    }

    /** What a script that is checked does here instead of {@link #run}. */
    void rehearse(T statement, Rehearsal rehearsal) {
        // Most statements change nothing that those behind them are checked by.
    }

    abstract void run(T statement);
}
