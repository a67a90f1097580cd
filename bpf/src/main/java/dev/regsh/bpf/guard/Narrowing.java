// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import dev.regsh.bpf.symbol.TaskSource;
import dev.regsh.bpf.typed.ContextName;
import dev.regsh.bpf.typed.Selector;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.CallerClause;
import dev.regsh.grammar.clause.Clause;
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
        return typed.selectors().stream().anyMatch(selector -> selector.accept(new Selects(everybodyCalls)));
    }

    /** Whether a selector means some and not everybody. */
    private final class Selects implements Selector.Visitor<Boolean> {
        private final Predicate<FunctionName> everybodyCalls;

        Selects(Predicate<FunctionName> everybodyCalls) {
            this.everybodyCalls = everybodyCalls;
        }

        @Override
        public Boolean visitInTime(Selector.InTime selector) {
            return false;
        }

        @Override
        public Boolean visitOneOf(Selector.OneOf selector) {
            // Root's processes are those that keep the machine reachable.
            return selector.name() != ContextName.UID || !selector.values().contains(0L);
        }

        @Override
        public Boolean visitComm(Selector.Comm selector) {
            return true;
        }

        @Override
        public Boolean visitCgroup(Selector.Cgroup selector) {
            return true;
        }

        @Override
        public Boolean visitCaller(Selector.Caller selector) {
            return rule.clause(CallerClause.class).map(CallerClause::function).filter(everybodyCalls.negate()).isPresent();
        }

        @Override
        public Boolean visitWhen(Selector.When selector) {
            return !selector.condition().constant();
        }
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
        Doubts doubts = new Doubts(tasks);
        Optional<String> doubt = Optional.of("");
        for (Clause.Selector clause : rule.clauses(Clause.Selector.class)) {
            Optional<String> found = clause.accept(doubts);
            if (found.isEmpty()) {
                return found;
            }
            doubt = found.get().isEmpty() ? doubt : found;
        }
        return doubt;
    }
}
