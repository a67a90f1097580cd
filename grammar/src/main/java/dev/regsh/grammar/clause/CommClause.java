// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/** {@code comm "NAME"}: only in threads of this name. */
public record CommClause(String comm, Span span) implements Clause.Selector {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitComm(this);
    }
}
