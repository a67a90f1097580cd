// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/**
 * {@code signal NAME}: sends the process a signal.
 *
 * @param name as {@code kill -l} has it, without SIG: {@code KILL}
 */
public record SignalClause(String name, Span span) implements Clause.Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSignal(this);
    }
}
