// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;

/** {@code comm "NAME"}: only in threads of this name. */
public record CommClause(String comm, Span span) implements Clause.Selector {
    static CommClause read(Operands operands) {
        return new CommClause(operands.string(), operands.span());
    }

    @Override
    public String written() {
        return "comm " + LiteralWriter.string(comm);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitComm(this);
    }
}
