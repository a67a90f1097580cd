// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;
import java.util.List;

/** {@code log [EXPRESSION, ...]}: sends an event with these values. */
public record LogClause(List<Expression> values, Span span) implements Clause.Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitLog(this);
    }
}
