// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.typed.TypedRule;

/**
 * How every program of a rule begins. It leaves where the rule is disarmed, where nobody answers for it any more, and where the current task is a bystander: a thread
 * of the session, whose way out would lie through its own rule; what watches over the session; and, at a user function, the
 * init process, whose death ends the machine. An interrupt counts as the task that it interrupted.
 */
final class Prologue {
    /** The first process of the initial pid namespace. */
    private static final int INIT = 1;

    /** The rule's block of counters. */
    final int counters;
    /** Is 1 from here on. */
    final int armed;

    /** @param out where to leave */
    Prologue(Frame frame, TypedRule rule, int out) {
        counters = frame.code.newValue();
        armed = frame.code.newValue();
        frame.code.add(new Op.MapValue(counters, MapSpec.COUNTERS, 0));
        frame.code.add(new Op.Load(armed, 8, counters, CounterLayout.ARMED));
        frame.code.add(new Op.BranchConstant(Condition.EQ, armed, 0, out));
        // The kernel puts a load in place of this call.
        int now = frame.call(Helper.JIFFIES64);
        int until = frame.code.newValue();
        frame.code.add(new Op.Load(until, 8, counters, CounterLayout.UNTIL));
        frame.code.add(new Op.Branch(Condition.GT, now, until, out));
        leaveWhere(frame, CounterLayout.WATCHDOG, out);
        if (!rule.forced()) {
            leaveWhere(frame, CounterLayout.SESSION, out);
            if (rule.user()) {
                frame.code.add(new Op.BranchConstant(Condition.EQ, frame.process(), INIT, out));
            }
        }
    }

    private void leaveWhere(Frame frame, int offset, int out) {
        int process = frame.code.newValue();
        frame.code.add(new Op.Load(process, 4, counters, offset));
        frame.code.add(new Op.Branch(Condition.EQ, frame.process(), process, out));
    }
}
