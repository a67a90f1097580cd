// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/** {@code force}: insists where the rule would be refused. */
public record ForceClause(Span span) implements Clause.Remark {
    static ForceClause read(Operands operands) {
        return new ForceClause(operands.span());
    }

    @Override
    public String written() {
        return "force";
    }
}
