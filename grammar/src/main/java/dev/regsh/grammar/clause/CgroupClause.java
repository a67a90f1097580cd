// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/**
 * {@code cgroup PATH}: only in this cgroup and below.
 *
 * @param path a folder below the cgroup2 root, or its absolute path
 */
public record CgroupClause(String path, Span span) implements Clause.Selector {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCgroup(this);
    }
}
