// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;

/**
 * {@code write PLACE = EXPRESSION}: writes memory.
 *
 * @param place an {@link Expression.Memory}, {@link Expression.Field} or {@link Expression.Index}
 */
public record WriteClause(Expression place, Expression value, Span span) implements Clause.Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitWrite(this);
    }
}
