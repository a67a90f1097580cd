// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import dev.regsh.bpf.symbol.TaskSource;
import dev.regsh.bpf.typed.ContextName;
import dev.regsh.bpf.typed.Selector;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.CallerClause;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.CommClause;
import dev.regsh.grammar.clause.PidClause;
import dev.regsh.grammar.clause.TidClause;
import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.statement.Rule;
import java.util.Optional;
import java.util.function.Predicate;

/** Whose calls a rule is about, as far as its clauses tell. */
final class Narrowing {
    /** A rule of more is not about a few calls. */
    static final long FEW = 100;

    private final Rule rule;
    private final TypedRule typed;

    Narrowing(Rule rule, TypedRule typed) {
        this.rule = rule;
        this.typed = typed;
    }

    /** It names processes, or what else their calls must have: not everybody's calls are meant. */
    boolean some(Predicate<FunctionName> everybodyCalls) {
        return typed.selectors().stream().anyMatch(selector -> selects(selector, everybodyCalls));
    }

    private boolean selects(Selector selector, Predicate<FunctionName> everybodyCalls) {
        if (selector instanceof Selector.OneOf oneOf) {
            // Root's processes are those that keep the machine reachable.
            return oneOf.name() != ContextName.UID || !oneOf.values().contains(0L);
        } else if (selector instanceof Selector.Caller) {
            return rule.clause(CallerClause.class).map(CallerClause::function).filter(everybodyCalls.negate()).isPresent();
        } else if (selector instanceof Selector.When when) {
            return !when.condition().constant();
        }
        return !(selector instanceof Selector.InTime);
    }

    /** It changes a few calls at most. */
    boolean few() {
        return typed.turn().limit() != TypedRule.Turn.UNLIMITED && typed.turn().limit() <= FEW;
    }

    /**
     * Whether it can be shown that it never applies to a task that lets go of rules. What is seen at a hit, {@code when}, shows
     * nothing; nor do folders and users, which such tasks share.
     *
     * @return why not; empty: it can
     */
    Optional<String> doubt(TaskSource tasks) {
        Optional<String> doubt = Optional.of("");
        for (Clause clause : rule.clauses()) {
            Optional<String> found = doubt;
            if (clause instanceof PidClause pid) {
                found = pid.pids().stream().flatMap(each -> tasks.lettingGo(each).map(what -> "process " + each + " is " + what)
                        .stream()).findFirst();
            } else if (clause instanceof TidClause tid) {
                found = tasks.lettingGo(tid.tid()).map(what -> "thread " + tid.tid() + " is " + what);
            } else if (clause instanceof CommClause comm) {
                found = tasks.lettingGo(comm.comm()).map(what -> "'" + comm.comm() + "' is " + what);
            }
            if (found.isEmpty()) {
                return found;
            }
            doubt = found.get().isEmpty() ? doubt : found;
        }
        return doubt;
    }
}
