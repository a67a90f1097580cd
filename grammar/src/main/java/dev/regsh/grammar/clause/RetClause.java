// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;

/** {@code ret=EXPRESSION}: the value to return. */
public record RetClause(Expression value, Span span) implements Clause.Action {
    static RetClause read(Operands operands) {
        return new RetClause(operands.expression(), operands.span());
    }

    @Override
    public String written() {
        return "ret=" + value.written();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRet(this);
    }
}
