// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/** {@code tid N}: only in this thread (the kernel's pid). */
public record TidClause(long tid, Span span) implements Clause.Selector {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitTid(this);
    }
}
