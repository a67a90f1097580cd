// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.CompileContext;
import dev.regsh.bpf.encode.Alu;
import dev.regsh.bpf.encode.Condition;
import dev.regsh.bpf.encode.Helper;
import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.grammar.ast.Clause;
import dev.regsh.grammar.ast.Expression;
import dev.regsh.grammar.ast.Rule;
import java.util.List;

/**
 * A rule to intermediate code: is it armed and in time, do the selectors match (then it counts a hit), is it this hit's
 * turn (skip, every, chance, limit, in this order), then the actions.
 */
public final class RuleLowering {
    private final CompileContext context;
    private final Rule rule;
    private final Engine engine;
    private final CodeBuilder code = new CodeBuilder();
    private final ExpressionLowering expressions;
    private int counters;
    private int armed;
    private int out;

    private RuleLowering(CompileContext context, Rule rule, Engine engine) {
        this.context = context;
        this.rule = rule;
        this.engine = engine;
        expressions = new ExpressionLowering(code, context.architecture().registers(), rule.after(), this::hitsBefore);
    }

    /** @param atEntry the probe is at the function's first instruction */
    public static Code lower(CompileContext context, Rule rule, Engine engine, boolean atEntry) {
        return new RuleLowering(context, rule, engine).run(atEntry);
    }

    /** Whether every hit fires, so that one counter tells both. */
    public static boolean everyHitFires(Rule rule) {
        return rule.clauses().stream().noneMatch(c -> c instanceof Clause.Skip || c instanceof Clause.Every
                || c instanceof Clause.Chance || c instanceof Clause.Limit);
    }

    private Code run(boolean atEntry) {
        out = code.newLabel();
        counters = code.newValue();
        armed = code.newValue();
        code.add(new Op.MapValue(counters, MapSpec.COUNTERS, 0));
        code.add(new Op.Load(armed, 8, counters, CounterLayout.ARMED));
        code.add(new Op.BranchConstant(Condition.EQ, armed, 0, out));
        selectors();
        turn();
        actions(atEntry);
        code.add(new Op.Place(out));
        code.add(new Op.Exit());
        return code.finish();
    }

    private int hitsBefore() {
        int hits = code.newValue();
        code.add(new Op.Load(hits, 8, counters, CounterLayout.HITS));
        return hits;
    }

    private void selectors() {
        for (Clause clause : rule.clauses()) {
            code.column(clause.span().column());
            if (clause instanceof Clause.For) {
                int now = call(Helper.KTIME_GET_NS);
                int deadline = code.newValue();
                code.add(new Op.Load(deadline, 8, counters, CounterLayout.DEADLINE));
                code.add(new Op.Branch(Condition.GT, now, deadline, out));
            } else if (clause instanceof Clause.Pid pid) {
                anyOf(shifted(call(Helper.GET_CURRENT_PID_TGID)), pid.pids());
            } else if (clause instanceof Clause.Tid tid) {
                anyOf(low(call(Helper.GET_CURRENT_PID_TGID)), List.of(tid.tid()));
            } else if (clause instanceof Clause.Uid uid) {
                anyOf(low(call(Helper.GET_CURRENT_UID_GID)), List.of(uid.uid()));
            } else if (clause instanceof Clause.Comm comm) {
                expressions.compareComm(new Expression.Text(comm.comm(), comm.span()), out);
            }
        }
        rule.clause(Clause.When.class).ifPresent(when -> {
            code.column(when.span().column());
            int condition = expressions.materialize(expressions.lower(when.condition()));
            code.add(new Op.BranchConstant(Condition.EQ, condition, 0, out));
        });
        code.column(0);
    }

    private void anyOf(int value, List<Long> wanted) {
        int found = code.newLabel();
        for (long each : wanted) {
            int other = code.newValue();
            code.add(new Op.Constant(other, each));
            code.add(new Op.Branch(Condition.EQ, value, other, found));
        }
        code.add(new Op.Jump(out));
        code.add(new Op.Place(found));
    }

    /** Counts the hit and leaves unless it is its turn. */
    private void turn() {
        boolean numbered = rule.clause(Clause.Skip.class).isPresent() || rule.clause(Clause.Every.class).isPresent();
        if (!numbered) {
            // armed is 1: no constant needed.
            code.add(new Op.AtomicAdd(counters, CounterLayout.HITS, armed));
        } else {
            needFetch(rule.clause(Clause.Skip.class).isPresent() ? "skip" : "every");
            numbered(fetchAndAdd(CounterLayout.HITS));
        }
        rule.clause(Clause.Chance.class).ifPresent(chance -> {
            int random = low(call(Helper.GET_PRANDOM_U32));
            code.add(new Op.BinaryConstant(Alu.MOD, true, random, 1_000_000));
            code.add(new Op.BranchConstant(Condition.GE, random, chance.millionths(), out));
        });
        rule.clause(Clause.Limit.class).ifPresent(limit -> {
            needFetch("limit");
            int taken = fetchAndAdd(CounterLayout.TAKEN);
            int most = code.newValue();
            code.add(new Op.Constant(most, limit.times()));
            code.add(new Op.Branch(Condition.GE, taken, most, out));
        });
    }

    private void numbered(int number) {
        rule.clause(Clause.Skip.class).ifPresent(skip -> {
            int hits = code.newValue();
            code.add(new Op.Constant(hits, skip.hits()));
            code.add(new Op.Branch(Condition.LT, number, hits, out));
            code.add(new Op.Binary(Alu.SUB, true, number, hits));
        });
        rule.clause(Clause.Every.class).ifPresent(every -> {
            int period = code.newValue();
            code.add(new Op.Constant(period, every.hits()));
            code.add(new Op.Binary(Alu.MOD, true, number, period));
            code.add(new Op.BranchConstant(Condition.NE, number, 0, out));
        });
    }

    private void needFetch(String clause) {
        if (!context.atomicFetch()) {
            Clause at = rule.clauses().get(0);
            throw Errors.at(at.span(), clause + " needs fetching atomics in BPF", "they are there from Linux 5.12");
        }
    }

    private int fetchAndAdd(int offset) {
        int value = code.newValue();
        code.add(new Op.Copy(value, armed));
        code.add(new Op.AtomicFetchAdd(counters, offset, value));
        return value;
    }

    private void actions(boolean atEntry) {
        Overrides overrides = new Overrides(context, rule, code, expressions);
        overrides.collect(atEntry);
        if (!overrides.isEmpty() && !rule.dry()) {
            int result = engine == Engine.OVERRIDE_RETURN ? overrideReturn(overrides) : overrides.call();
            int done = code.newLabel();
            code.add(new Op.BranchConstant(Condition.EQ, result, 0, done));
            code.add(new Op.Store(8, counters, CounterLayout.LAST_ERROR, result));
            code.add(new Op.AtomicAdd(counters, CounterLayout.ERRORS, armed));
            code.add(new Op.Jump(out));
            code.add(new Op.Place(done));
        }
        rule.clause(Clause.Signal.class).ifPresent(signal -> code.add(new Op.Call(new Target.Helper(Helper.SEND_SIGNAL), Op.NONE,
                List.of(new Argument.Constant(Signals.number(signal))))));
        if (!everyHitFires(rule)) {
            code.add(new Op.AtomicAdd(counters, CounterLayout.FIRED, armed));
        }
    }

    private int overrideReturn(Overrides overrides) {
        Value value = overrides.onlyReturn();
        Argument argument = value.isConstant() ? new Argument.Constant(value.constant()) : new Argument.Value(value.id());
        int result = code.newValue();
        code.add(new Op.Call(new Target.Helper(Helper.OVERRIDE_RETURN), result, List.of(new Argument.Context(), argument)));
        return result;
    }

    private int call(Helper helper) {
        int value = code.newValue();
        code.add(new Op.Call(new Target.Helper(helper), value, List.of()));
        return value;
    }

    private int shifted(int value) {
        code.add(new Op.BinaryConstant(Alu.RSH, true, value, 32));
        return value;
    }

    private int low(int value) {
        code.add(new Op.BinaryConstant(Alu.LSH, true, value, 32));
        code.add(new Op.BinaryConstant(Alu.RSH, true, value, 32));
        return value;
    }
}
