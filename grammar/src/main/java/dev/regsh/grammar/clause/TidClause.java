// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;

/** {@code tid N}: only in this thread (the kernel's pid). */
public record TidClause(long tid, Span span) implements Clause.Selector {
    static TidClause read(Operands operands) {
        return new TidClause(operands.id(), operands.span());
    }

    @Override
    public String written() {
        return "tid " + LiteralWriter.number(tid);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitTid(this);
    }
}
