// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/** {@code as NAME}: names the rule. */
public record AsClause(String name, Span span) implements Clause.Remark {
    static AsClause read(Operands operands) {
        return new AsClause(operands.name(), operands.span());
    }

    @Override
    public String written() {
        return "as " + name;
    }
}
