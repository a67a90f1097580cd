// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;

/** {@code skip N}: not the first N hits. */
public record SkipClause(long hits, Span span) implements Clause.Share {
    static SkipClause read(Operands operands) {
        return new SkipClause(operands.count(), operands.span());
    }

    @Override
    public String written() {
        return "skip " + LiteralWriter.number(hits);
    }
}
