// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.typed.Selector;
import java.util.ArrayList;
import java.util.List;

/** Conditions of a hit: each jumps out where it does not hold. */
final class SelectorLowering {
    /** Callers that are looked at, the probed function itself included. */
    private static final int DEPTH = 24;
    /** BPF_F_USER_STACK (include/uapi/linux/bpf.h). */
    private static final int USER_STACK = 1 << 8;

    private final Frame frame;
    private final ExpressionLowering expressions;
    private final RegisterTable registers;
    private final int counters;
    private final int out;
    private final boolean ancestorCgroups;
    private final List<MapSpec> maps = new ArrayList<>();

    SelectorLowering(Frame frame, ExpressionLowering expressions, RegisterTable registers, int counters, int out,
            boolean ancestorCgroups) {
        this.frame = frame;
        this.expressions = expressions;
        this.registers = registers;
        this.counters = counters;
        this.out = out;
        this.ancestorCgroups = ancestorCgroups;
    }

    /** What it asks. */
    List<MapSpec> maps() {
        return maps;
    }

    void lower(Selector selector) {
        frame.code.column(selector.span().column());
        if (selector instanceof Selector.InTime) {
            int now = frame.call(Helper.KTIME_GET_NS);
            int deadline = frame.code.newValue();
            frame.code.add(new Op.Load(deadline, 8, counters, CounterLayout.DEADLINE));
            frame.code.add(new Op.Branch(Condition.GT, now, deadline, out));
        } else if (selector instanceof Selector.OneOf oneOf) {
            anyOf(expressions.context(oneOf.name()), oneOf.values());
        } else if (selector instanceof Selector.Comm comm) {
            expressions.strings().compareComm(comm.name(), out);
        } else if (selector instanceof Selector.Cgroup cgroup) {
            cgroup(cgroup.cgroup());
        } else if (selector instanceof Selector.Caller caller) {
            caller(caller);
        } else if (selector instanceof Selector.When when) {
            expressions.branch(when.condition(), false, out);
        }
        frame.code.column(0);
    }

    private void cgroup(CgroupSource.Cgroup cgroup) {
        if (ancestorCgroups) {
            int id = frame.call(Helper.GET_CURRENT_ANCESTOR_CGROUP_ID, new Argument.Constant(cgroup.level()));
            frame.code.add(new Op.Branch(Condition.NE, id, frame.constant(cgroup.id()), out));
            return;
        }
        MapSpec map = MapSpec.cgroup("cgroup" + maps.size(), cgroup.folder());
        maps.add(map);
        // 1: it is there or below; 0: it is not; negative in an interrupt, whose task is anybody.
        int below = frame.call(Helper.CURRENT_TASK_UNDER_CGROUP, new Argument.Map(map.name()), new Argument.Constant(0));
        frame.code.add(new Op.BranchConstant(Condition.NE, below, 1, out));
    }

    private void anyOf(int value, List<Long> wanted) {
        int found = frame.code.newLabel();
        for (long each : wanted.subList(0, wanted.size() - 1)) {
            equals(Condition.EQ, value, each, found);
        }
        equals(Condition.NE, value, wanted.get(wanted.size() - 1), out);
        frame.code.add(new Op.Place(found));
    }

    private void equals(Condition condition, int value, long constant, int label) {
        frame.code.add(constant == (int) constant ? new Op.BranchConstant(condition, value, (int) constant, label)
                : new Op.Branch(condition, value, frame.constant(constant), label));
    }

    /**
     * The return address on top of the stack is the immediate caller's, which an unwinder that goes by frame pointers does
     * not see at a function's entry; the deeper ones are the kernel's to find: in a user program, as far as it keeps frame
     * pointers.
     */
    private void caller(Selector.Caller caller) {
        int found = frame.code.newLabel();
        // A return address may lie right behind the last instruction, a call of what does not return.
        int start = frame.constant(caller.start() + 1);
        if (caller.user()) {
            int probed = frame.code.newValue();
            frame.code.add(new Op.ContextLoad(probed, 8, registers.instructionPointer().slot() * 8));
            frame.code.add(new Op.Binary(Alu.ADD, true, start, probed));
        }
        int size = frame.constant(Math.max(1, caller.size()));
        if (caller.immediate()) {
            int stack = frame.code.newValue();
            frame.code.add(new Op.ContextLoad(stack, 8, registers.stackPointer().slot() * 8));
            expressions.memory().read(caller.user(), frame.word(), 8, Value.at(stack), "the caller's address");
            within(frame.word(), start, size, found);
        }
        int at = frame.text(DEPTH * 8);
        int bytes = frame.call(Helper.GET_STACK, new Argument.Context(), new Argument.Stack(at),
                new Argument.Constant(DEPTH * 8), new Argument.Constant(caller.user() ? USER_STACK : 0));
        frame.code.add(new Op.BranchConstant(Condition.SLT, bytes, 0, out));
        // What the stack does not fill, the helper fills with zeros.
        for (int i = 1; i < DEPTH; i++) {
            within(at + i * 8, start, size, found);
        }
        frame.code.add(new Op.Jump(out));
        frame.code.add(new Op.Place(found));
    }

    private void within(int stack, int start, int size, int found) {
        int address = frame.code.newValue();
        frame.code.add(new Op.StackLoad(address, 8, stack));
        frame.code.add(new Op.Binary(Alu.SUB, true, address, start));
        frame.code.add(new Op.Branch(Condition.LT, address, size, found));
    }
}
