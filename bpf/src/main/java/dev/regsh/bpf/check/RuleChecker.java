// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.ChanceClause;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.EveryClause;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.clause.LimitClause;
import dev.regsh.grammar.clause.SkipClause;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import java.util.stream.Stream;

/** The pass that types a rule at one of its probes. */
public final class RuleChecker {
    private RuleChecker() {}

    public static TypedRule check(CheckContext context, Rule rule, AttachPoint point) {
        Scope scope = point.accept(new ScopeFinder(context, rule));
        ExpressionTyper values = new ExpressionTyper(scope);
        ActionChecker actions = new ActionChecker(context, rule, point, scope, values);
        actions.check(rule);
        TypedRule typed = new TypedRule(rule.dry(), scope.returning(), scope.user(), rule.clause(ForceClause.class).isPresent(),
                new SelectorChecker(context, point, scope, values).selectors(rule), turn(rule), actions.registers, actions.result,
                actions.jump, actions.memory, actions.signal, actions.log, actions.errnos.labels());
        if (!typed.acts() && !typed.emits()) {
            throw Errors.at(rule.span(), "this rule changes nothing",
                    "add set REGISTER=VALUE, ret=VALUE or log, or begin it with dry");
        }
        return typed;
    }

    private static TypedRule.Turn turn(Rule rule) {
        return new TypedRule.Turn(rule.clause(SkipClause.class).map(SkipClause::hits).orElse(0L),
                rule.clause(EveryClause.class).map(EveryClause::hits).orElse(1L),
                rule.clause(ChanceClause.class).map(ChanceClause::millionths).orElse(TypedRule.Turn.ALWAYS),
                rule.clause(LimitClause.class).map(LimitClause::times).orElse(TypedRule.Turn.UNLIMITED),
                Stream.of(SkipClause.class, EveryClause.class, ChanceClause.class, LimitClause.class)
                        .map(kind -> rule.clause(kind).map(Clause::span).orElse(Span.NONE)).toList());
    }
}
