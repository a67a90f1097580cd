// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.statement;

import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * A rule: where, when and what to change.
 *
 * @param dry count and log only
 * @param after run when the function returns, not when it is entered
 */
public record Rule(boolean dry, boolean after, Probe probe, List<Clause> clauses, Span span) implements Statement {
    @Override
    public String written() {
        StringBuilder text = new StringBuilder(dry ? "dry " : "").append(after ? "after " : "on ").append(probe.written());
        clauses.forEach(clause -> text.append(' ').append(clause.written()));
        return text.toString();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRule(this);
    }

    /** The only clause of that kind, if the rule has one. */
    public <C extends Clause> Optional<C> clause(Class<C> kind) {
        return clauses(kind).stream().findFirst();
    }

    /** All clauses of that kind, in their order. */
    public <C extends Clause> List<C> clauses(Class<C> kind) {
        return clauses.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
