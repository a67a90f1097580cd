// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;

/**
 * {@code write PLACE = EXPRESSION}: writes memory.
 *
 * @param place an {@link Expression.Memory}, {@link Expression.Field} or {@link Expression.Index}
 */
public record WriteClause(Expression place, Expression value, Span span) implements Clause.Action {
    static WriteClause read(Operands operands) {
        Expression place = operands.place();
        if (!place.isPlace()) {
            throw new DiagnosticException(new Diagnostic(place.span(), "only memory can be written",
                    "write u32[ADDRESS]=VALUE or write pointer->field=VALUE; for registers: set"));
        }
        return new WriteClause(place, operands.expression(), operands.span());
    }

    @Override
    public String written() {
        return "write " + place.written() + " = " + value.written();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitWrite(this);
    }
}
