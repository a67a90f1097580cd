// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.command.Rehearsal;
import dev.regsh.shell.command.Workspace;

/** {@code expect EXPRESSION}: fails unless it holds. */
final class ExpectStatement extends StatementCommand<Statement.Expect> {
    private final LastCommand last;

    ExpectStatement(Workspace workspace, LastCommand last) {
        super(workspace, "expect", Statement.Expect.class);
        this.last = last;
    }

    @Override
    void rehearse(Statement.Expect expect, Rehearsal rehearsal) {
        new ExpectationEvaluator(new UnknownFacts(rehearsal)).value(expect.condition());
    }

    @Override
    void run(Statement.Expect expect) {
        ExpectationEvaluator evaluator = new ExpectationEvaluator(new Facts.Live(workspace().session(), last));
        if (evaluator.value(expect.condition()) != 0) {
            return;
        }
        String seen = "";
        if (expect.condition() instanceof Expression.Binary binary && !(binary.right() instanceof Expression.Text)) {
            seen = "left is " + evaluator.value(binary.left()) + ", right is " + evaluator.value(binary.right());
        } else if (last.kept() && !last.output().isEmpty()) {
            seen = "the output was: " + last.output().strip();
        }
        throw new Failure("the expectation does not hold", seen);
    }
}
