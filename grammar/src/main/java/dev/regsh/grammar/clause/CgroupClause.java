// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Span;
import java.util.regex.Pattern;

/**
 * {@code cgroup PATH}: only in this cgroup and below.
 *
 * @param path a folder below the cgroup2 root, or its absolute path
 */
public record CgroupClause(String path, Span span) implements Clause.Selector {
    private static final Pattern PLAIN = Pattern.compile("/[\\w./@:,=+%-]*");

    static CgroupClause read(Operands operands) {
        return new CgroupClause(operands.path(), operands.span());
    }

    @Override
    public String written() {
        return "cgroup " + (PLAIN.matcher(path).matches() ? path : LiteralWriter.string(path));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCgroup(this);
    }
}
