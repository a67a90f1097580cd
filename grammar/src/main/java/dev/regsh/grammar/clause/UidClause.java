// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;

/** {@code uid N}: only for this real user. */
public record UidClause(long uid, Span span) implements Clause.Selector {
    static UidClause read(Operands operands) {
        return new UidClause(operands.id(), operands.span());
    }

    @Override
    public String written() {
        return "uid " + LiteralWriter.number(uid);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitUid(this);
    }
}
