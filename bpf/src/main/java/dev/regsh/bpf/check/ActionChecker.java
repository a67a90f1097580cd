// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.clause.GotoClause;
import dev.regsh.grammar.clause.LogClause;
import dev.regsh.grammar.clause.RetClause;
import dev.regsh.grammar.clause.SetClause;
import dev.regsh.grammar.clause.SignalClause;
import dev.regsh.grammar.clause.WriteClause;
import dev.regsh.grammar.statement.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The clauses that say what a rule does, each checked by a file of its own; what they come to is gathered here. */
final class ActionChecker implements Clause.Action.Visitor<Void> {
    /** Checked after all others, in this order: {@code ret=} against what they have set. */
    private static final List<Class<? extends Clause.Action>> LAST = List.of(RetClause.class, GotoClause.class, SignalClause.class);

    final List<TypedRule.RegisterWrite> registers = new ArrayList<>();
    final List<TypedRule.MemoryWrite> memory = new ArrayList<>();
    Optional<Expr> result = Optional.empty();
    Optional<TypedRule.Jump> jump = Optional.empty();
    OptionalInt signal = OptionalInt.empty();
    Optional<List<TypedRule.Logged>> log = Optional.empty();
    /** Which values may be errnos. */
    final Errnos errnos;

    private final AttachPoint point;
    private final Scope scope;
    private final SetChecker sets;
    private final WriteChecker writes;
    private final LogChecker logs;
    private final RetChecker rets;
    private final GotoChecker gotos;

    ActionChecker(CheckContext context, Rule rule, AttachPoint point, Scope scope, ExpressionTyper values) {
        boolean force = rule.clause(ForceClause.class).isPresent();
        ResultTyper results = new ResultTyper(scope, values, force);
        this.point = point;
        this.scope = scope;
        errnos = new Errnos(scope);
        sets = new SetChecker(scope, values, results, errnos);
        writes = new WriteChecker(values, errnos);
        logs = new LogChecker(values, errnos);
        rets = new RetChecker(scope, results);
        gotos = new GotoChecker(context, scope, force);
    }

    void check(Rule rule) {
        rule.clauses(Clause.Action.class).stream().sorted(Comparator.comparingInt(action -> LAST.indexOf(action.getClass())))
                .forEach(action -> action.accept(this));
        SetChecker.checkTwice(registers);
    }

    @Override
    public Void visitSet(SetClause set) {
        set.assignments().forEach(assignment -> registers.add(sets.write(assignment)));
        return null;
    }

    @Override
    public Void visitWrite(WriteClause write) {
        memory.add(writes.write(write));
        return null;
    }

    @Override
    public Void visitLog(LogClause values) {
        List<TypedRule.Logged> all = new ArrayList<>(log.orElse(List.of()));
        values.values().forEach(value -> all.add(logs.value(value)));
        log = Optional.of(all);
        return null;
    }

    @Override
    public Void visitRet(RetClause ret) {
        errnos.result();
        if (scope.after()) {
            registers.add(rets.changed(ret));
        } else {
            result = Optional.of(rets.instead(ret, registers));
        }
        return null;
    }

    @Override
    public Void visitGoto(GotoClause jumping) {
        jump = Optional.of(gotos.jump(jumping, point));
        return null;
    }

    @Override
    public Void visitSignal(SignalClause sent) {
        signal = OptionalInt.of(SignalChecker.number(sent));
        return null;
    }
}
