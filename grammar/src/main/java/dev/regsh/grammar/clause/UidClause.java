// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/** {@code uid N}: only for this real user. */
public record UidClause(long uid, Span span) implements Clause.Selector {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitUid(this);
    }
}
