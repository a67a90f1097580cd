// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;

/** {@code when EXPRESSION}: only if a condition holds. */
public record WhenClause(Expression condition, Span span) implements Clause.Selector {
    static WhenClause read(Operands operands) {
        return new WhenClause(operands.expression(), operands.span());
    }

    @Override
    public String written() {
        return "when " + condition.written();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitWhen(this);
    }
}
