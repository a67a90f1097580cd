// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.typed.Selector;
import java.util.List;

/** Conditions of a hit: each jumps out where it does not hold, and gives the maps that it asks. */
final class SelectorLowering implements Selector.Visitor<List<MapSpec>> {
    private final CodeBuilder code;
    private final ExpressionLowering expressions;
    private final CallerLowering callers;
    private final CounterWords counters;
    private final Label out;
    private final boolean ancestorCgroups;
    private int cgroups;

    SelectorLowering(Frame frame, ExpressionLowering expressions, RegisterTable registers, CounterWords counters, Label out,
            boolean ancestorCgroups) {
        code = frame.code;
        this.expressions = expressions;
        callers = new CallerLowering(frame, expressions.memory(), registers, out);
        this.counters = counters;
        this.out = out;
        this.ancestorCgroups = ancestorCgroups;
    }

    List<MapSpec> lower(Selector selector) {
        code.column(selector.span().column());
        List<MapSpec> maps = selector.accept(this);
        code.column(0);
        return maps;
    }

    @Override
    public List<MapSpec> visitInTime(Selector.InTime selector) {
        Value now = code.call(Helper.KTIME_GET_NS);
        code.jumpIf(now, Condition.GT, counters.load(CounterLayout.DEADLINE), out);
        return List.of();
    }

    @Override
    public List<MapSpec> visitOneOf(Selector.OneOf selector) {
        Value value = expressions.context().of(selector.name());
        List<Long> wanted = selector.values();
        Label found = code.label();
        for (long each : wanted.subList(0, wanted.size() - 1)) {
            code.jumpIf(value, Condition.EQ, each, found);
        }
        code.jumpIf(value, Condition.NE, wanted.get(wanted.size() - 1), out);
        code.place(found);
        return List.of();
    }

    @Override
    public List<MapSpec> visitComm(Selector.Comm selector) {
        expressions.strings().compareComm(selector.name(), out);
        return List.of();
    }

    @Override
    public List<MapSpec> visitCgroup(Selector.Cgroup selector) {
        CgroupSource.Cgroup cgroup = selector.cgroup();
        if (ancestorCgroups) {
            Value id = code.call(Helper.GET_CURRENT_ANCESTOR_CGROUP_ID, Value.of(cgroup.level()));
            code.jumpIf(id, Condition.NE, cgroup.id(), out);
            return List.of();
        }
        MapSpec map = MapSpec.cgroup("cgroup" + cgroups++, cgroup.folder());
        // 1: it is there or below; 0: it is not; negative in an interrupt, whose task is anybody.
        Value below = code.call(Helper.CURRENT_TASK_UNDER_CGROUP, Argument.map(map.name()), Value.of(0));
        code.jumpIf(below, Condition.NE, 1, out);
        return List.of(map);
    }

    @Override
    public List<MapSpec> visitCaller(Selector.Caller selector) {
        callers.lower(selector);
        return List.of();
    }

    @Override
    public List<MapSpec> visitWhen(Selector.When selector) {
        expressions.conditions().branch(selector.condition(), false, out);
        return List.of();
    }
}
