// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;
import java.time.Duration;

/** {@code for DURATION}: only until then, counted from the attaching. */
public record ForClause(Duration duration, Span span) implements Clause.Selector {
    static ForClause read(Operands operands) {
        return new ForClause(operands.duration(), operands.span());
    }

    @Override
    public String written() {
        return "for " + LiteralWriter.duration(duration);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitFor(this);
    }
}
