// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;

/** {@code every N}: only the first of each N hits. */
public record EveryClause(long hits, Span span) implements Clause.Share {
    static EveryClause read(Operands operands) {
        long hits = operands.count();
        if (hits == 0) {
            throw new DiagnosticException(new Diagnostic(operands.numberSpan(), "every 0th hit never comes",
                    "give 1 or more"));
        }
        return new EveryClause(hits, operands.span());
    }

    @Override
    public String written() {
        return "every " + LiteralWriter.number(hits);
    }
}
