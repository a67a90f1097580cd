// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.typed.TypedRule;

/**
 * How every program of a rule begins. It leaves where the rule is disarmed, where nobody answers for it any more, and where the
 * current task is a bystander: a thread of the session, whose way out would lie through its own rule; what watches over the
 * session; and, at a user function, the init process, whose death ends the machine. An interrupt counts as the task that it
 * interrupted.
 */
final class Prologue {
    /** The first process of the initial pid namespace. */
    private static final int INIT = 1;

    private Prologue() {}

    /** @param out where to leave */
    static CounterWords write(Frame frame, TypedRule rule, Label out) {
        CodeBuilder code = frame.code;
        CounterWords counters = new CounterWords(code, out);
        // The kernel puts a load in place of this call.
        Value now = code.call(Helper.JIFFIES64);
        code.jumpIf(now, Condition.GT, counters.load(CounterLayout.UNTIL), out);
        leaveIn(frame, counters.loadHalf(CounterLayout.WATCHDOG), out);
        if (!rule.forced()) {
            leaveIn(frame, counters.loadHalf(CounterLayout.SESSION), out);
            if (rule.user()) {
                code.jumpIf(frame.process(), Condition.EQ, INIT, out);
            }
        }
        return counters;
    }

    private static void leaveIn(Frame frame, Value process, Label out) {
        frame.code.jumpIf(frame.process(), Condition.EQ, process, out);
    }
}
