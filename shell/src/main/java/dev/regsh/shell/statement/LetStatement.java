// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.grammar.statement.Statement;
import dev.regsh.shell.command.Rehearsal;
import dev.regsh.shell.command.Workspace;

/** {@code let NAME = EXPRESSION}: sets a variable. */
final class LetStatement extends StatementCommand<Statement.Let> {
    private final LastCommand last;

    LetStatement(Workspace workspace, LastCommand last) {
        super(workspace, "let", Statement.Let.class);
        this.last = last;
    }

    @Override
    void rehearse(Statement.Let let, Rehearsal rehearsal) {
        UnknownFacts facts = new UnknownFacts(rehearsal);
        long value = new ExpectationEvaluator(facts).value(let.value());
        workspace().variables().put(let.name(), facts.asked() ? Placeholders.VALUE : Long.toString(value));
    }

    @Override
    void run(Statement.Let let) {
        long value = new ExpectationEvaluator(new Facts.Live(workspace().session(), last)).value(let.value());
        workspace().variables().put(let.name(), Long.toString(value));
    }
}
