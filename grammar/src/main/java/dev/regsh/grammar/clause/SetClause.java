// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;
import java.util.List;

/** {@code set TARGET=EXPRESSION...}: writes registers and parameters; a {@code ret=} among them is a {@link RetClause} of its own. */
public record SetClause(List<Assignment> assignments, Span span) implements Clause.Action {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSet(this);
    }
}
