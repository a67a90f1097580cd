// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;
import java.util.List;
import java.util.stream.Collectors;

/** {@code pid N, N...}: only in these processes, by their ids as user space sees them (the kernel's tgid). */
public record PidClause(List<Long> pids, Span span) implements Clause.Selector {
    static PidClause read(Operands operands) {
        return new PidClause(operands.ids(), operands.span());
    }

    @Override
    public String written() {
        return "pid " + pids.stream().map(LiteralWriter::number).collect(Collectors.joining(", "));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitPid(this);
    }
}
