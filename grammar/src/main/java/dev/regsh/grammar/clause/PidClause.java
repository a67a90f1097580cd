// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;
import java.util.List;

/** {@code pid N, N...}: only in these processes, by their ids as user space sees them (the kernel's tgid). */
public record PidClause(List<Long> pids, Span span) implements Clause.Selector {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitPid(this);
    }
}
