// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.Failing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all parts of one program share: the code, where it goes when something fails, space for short use. */
final class Frame {
    static final int WORD = 8;

    /**
     * One way to fail.
     *
     * @param errno what stands for it; 0: a call's result
     * @param acting the hit has been let through
     */
    record Failure(Failing failing, int errno, boolean acting) {
        // See Failing.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Failure way && failing.equals(way.failing) && errno == way.errno && acting == way.acting;
        }

        @Override
        public int hashCode() {
            return (failing.hashCode() * 31 + errno) * 2 + (acting ? 1 : 0);
        }
    }

    final CodeBuilder code = new CodeBuilder();
    /** What a failed call gave. */
    private final Value error = code.variable();
    private final Map<Failure, Label> failures = new LinkedHashMap<>();
    private boolean acting;
    private int address;
    private int word;
    private int text;
    private int textBytes;
    private @Nullable Value thread;
    private @Nullable Value process;

    /** Is what a failed call gave; see {@link #failed}. */
    Value error() {
        return error;
    }

    /** From here on what fails is an action, at a hit that was counted and let through. */
    void act() {
        acting = true;
    }

    /** Where to jump when a call has failed whose result is in {@link #error}. */
    Label failed(Failing failing) {
        return failed(failing, 0);
    }

    /** Where to jump when something has failed, for which this errno stands. */
    Label failed(Failing.Kind kind, String what, int errno) {
        return failed(new Failing(kind, what), errno);
    }

    private Label failed(Failing failing, int errno) {
        return failures.computeIfAbsent(new Failure(failing, errno, acting), failure -> code.label());
    }

    /** Every place to jump to that was handed out. */
    Map<Failure, Label> failures() {
        return failures;
    }

    /** 8 bytes of stack for the address of the read that is under way, for whoever asks why it failed. */
    int address() {
        if (address == 0) {
            address = code.stack(WORD);
        }
        return address;
    }

    /** 8 bytes of stack that hold nothing across two uses. */
    int word() {
        if (word == 0) {
            word = code.stack(WORD);
        }
        return word;
    }

    /** The same of many bytes. */
    int text(int bytes) {
        if (bytes > textBytes) {
            text = code.stack(bytes);
            textBytes = bytes;
        }
        return text;
    }

    /**
     * The current thread: its number in the lower half, its process's in the upper, as the initial pid namespace has them. To be
     * copied by whoever changes it, like {@link #process}; asked for first where every path comes by.
     */
    Value thread() {
        if (thread == null) {
            thread = code.call(Helper.GET_CURRENT_PID_TGID);
        }
        return thread;
    }

    /** The current process. */
    Value process() {
        if (process == null) {
            process = code.copy(thread());
            code.alu(process, Alu.RSH, 32);
        }
        return process;
    }

    /** A call that gives 0, or it has failed. */
    void attempt(Failing failing, Target target, Argument... arguments) {
        code.call(error, target, arguments);
        check(failing);
    }

    /** It has failed unless {@link #error} is 0. */
    void check(Failing failing) {
        code.jumpIf(error, Condition.NE, 0, failed(failing));
    }
}
