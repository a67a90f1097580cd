// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.source.Span;

/** {@code goto FUNCTION}: runs another function instead. */
public record GotoClause(FunctionName function, Span span) implements Clause.Action {
    static GotoClause read(Operands operands) {
        return new GotoClause(operands.function(), operands.span());
    }

    @Override
    public String written() {
        return "goto " + function.written();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitGoto(this);
    }
}
