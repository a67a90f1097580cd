// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;

/**
 * {@code chance P%}: only with this probability.
 *
 * @param millionths the chance in millionths: 10% is 100,000
 */
public record ChanceClause(int millionths, Span span) implements Clause.Share {
    static ChanceClause read(Operands operands) {
        return new ChanceClause(operands.millionths(), operands.span());
    }

    @Override
    public String written() {
        return "chance " + LiteralWriter.percent(millionths);
    }
}
