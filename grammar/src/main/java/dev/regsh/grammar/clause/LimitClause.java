// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;

/** {@code limit N}: at most N times. */
public record LimitClause(long times, Span span) implements Clause.Share {
    static LimitClause read(Operands operands) {
        return new LimitClause(operands.count(), operands.span());
    }

    @Override
    public String written() {
        return "limit " + LiteralWriter.number(times);
    }
}
