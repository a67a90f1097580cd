// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.source.Span;

/** {@code caller FUNCTION}: only when called from this function. */
public record CallerClause(FunctionName function, Span span) implements Clause.Selector {
    static CallerClause read(Operands operands) {
        return new CallerClause(operands.function(), operands.span());
    }

    @Override
    public String written() {
        return "caller " + function.written();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCaller(this);
    }
}
