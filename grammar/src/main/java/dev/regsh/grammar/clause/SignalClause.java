// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/**
 * {@code signal NAME}: sends the process a signal.
 *
 * @param name as {@code kill -l} has it, without SIG: {@code KILL}
 */
public record SignalClause(String name, Span span) implements Clause.Action {
    static SignalClause read(Operands operands) {
        String name = operands.name();
        return new SignalClause(name.startsWith("SIG") ? name.substring(3) : name, operands.span());
    }

    @Override
    public String written() {
        return "signal " + name;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSignal(this);
    }
}
