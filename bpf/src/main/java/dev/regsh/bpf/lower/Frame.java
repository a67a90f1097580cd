// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.Failing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all parts of one program share: the code, where it goes when something fails, space for short use. */
final class Frame {
    static final int WORD = 8;

    /**
     * One way to fail.
     *
     * @param errno what stands for it; 0: a call's result
     * @param acting the hit has been let through
     */
    record Failure(Failing failing, int errno, boolean acting) {}

    final CodeBuilder code = new CodeBuilder();
    /** What a failed call gave. */
    private final int error = code.newValue();
    private final Map<Failure, Integer> failures = new LinkedHashMap<>();
    private boolean acting;
    private int address;
    private int word;
    private int text;
    private int textBytes;
    private int thread = Op.NONE;
    private int process = Op.NONE;

    /** Is what a failed call gave; see {@link #failed}. */
    int error() {
        return error;
    }

    /** From here on what fails is an action, at a hit that was counted and let through. */
    void act() {
        acting = true;
    }

    /** Where to jump when a call has failed whose result is in {@link #error}. */
    int failed(Failing.Kind kind, String what) {
        return failed(kind, what, 0);
    }

    /** Where to jump when something has failed, for which this errno stands. */
    int failed(Failing.Kind kind, String what, int errno) {
        return failures.computeIfAbsent(new Failure(new Failing(kind, what), errno, acting), failure -> code.newLabel());
    }

    /** Every place to jump to that was handed out. */
    Map<Failure, Integer> failures() {
        return failures;
    }

    /** 8 bytes of stack for the address of the read that is under way, for whoever asks why it failed. */
    int address() {
        if (address == 0) {
            address = code.newStack(WORD);
        }
        return address;
    }

    /** 8 bytes of stack that hold nothing across two uses. */
    int word() {
        if (word == 0) {
            word = code.newStack(WORD);
        }
        return word;
    }

    /** The same of many bytes. */
    int text(int bytes) {
        if (bytes > textBytes) {
            text = code.newStack(bytes);
            textBytes = bytes;
        }
        return text;
    }

    /**
     * The current thread: its number in the lower half, its process's in the upper, as the initial pid namespace has them. To be
     * copied by whoever changes it, like {@link #process}; asked for first where every path comes by.
     */
    int thread() {
        if (thread == Op.NONE) {
            thread = call(Helper.GET_CURRENT_PID_TGID);
        }
        return thread;
    }

    /** The current process. */
    int process() {
        if (process == Op.NONE) {
            process = copy(thread());
            code.add(new Op.BinaryConstant(Alu.RSH, true, process, 32));
        }
        return process;
    }

    int call(Helper helper, Argument... arguments) {
        int result = code.newValue();
        code.add(new Op.Call(new Target.Helper(helper), result, List.of(arguments)));
        return result;
    }

    void callOnly(Helper helper, Argument... arguments) {
        code.add(new Op.Call(new Target.Helper(helper), Op.NONE, Arrays.asList(arguments)));
    }

    int constant(long value) {
        int made = code.newValue();
        code.add(new Op.Constant(made, value));
        return made;
    }

    int copy(int value) {
        int made = code.newValue();
        code.add(new Op.Copy(made, value));
        return made;
    }

    /** The value as a number of its own. */
    int id(Value value) {
        return value.isConstant() ? constant(value.constant()) : value.id();
    }

    static Argument argument(Value value) {
        return value.isConstant() ? new Argument.Constant(value.constant()) : new Argument.Value(value.id());
    }

    /** Cuts a value to its lowest bits and extends it by their sign or by zeros. */
    void cut(int value, int bits, boolean signed) {
        if (bits < 64) {
            code.add(new Op.BinaryConstant(Alu.LSH, true, value, 64 - bits));
            code.add(new Op.BinaryConstant(signed ? Alu.ARSH : Alu.RSH, true, value,
                    64 - bits));
        }
    }
}
