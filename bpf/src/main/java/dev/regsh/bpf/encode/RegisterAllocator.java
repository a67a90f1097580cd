// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.encode;

import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Registers;
import java.util.Arrays;

/**
 * Linear scan over the intermediate code. Jumps only go forward, so a value lives from its first assignment to its last use.
 * A value that a call must not destroy, or that is passed to one, lives in r6 to r9 or in the frame; others in r1 to r4.
 * r5 and r0 stay free for values that are spilled; a call's result may stay in r0 for a test right after the call.
 */
final class RegisterAllocator {
    private static final int RESULT = 0;
    private static final int NEVER = Integer.MAX_VALUE;

    private final Code code;
    private final int[] start;
    private final int[] end;
    private final boolean[] kept;
    private final int[] registers;
    private final int[] spills;
    /** What each of r0 to r9 holds until when. */
    private final int[] holder = new int[10];
    private int stackBytes;

    private RegisterAllocator(Code code) {
        this.code = code;
        int values = code.values();
        start = new int[values];
        end = new int[values];
        kept = new boolean[values];
        registers = new int[values];
        spills = new int[values];
        stackBytes = code.stackBytes();
        Arrays.fill(start, NEVER);
        Arrays.fill(registers, Allocation.SPILLED);
        Arrays.fill(holder, Op.NONE);
    }

    static Allocation allocate(Code code) {
        return new RegisterAllocator(code).run();
    }

    private Allocation run() {
        measure();
        int context = contextRegister();
        markKept();
        int lowest = context == 1 ? 2 : 1;
        int keptLowest = context == 1 ? 6 : 7;
        for (int at = 0; at < code.ops().size(); at++) {
            int value = code.ops().get(at).assigns();
            if (value != Op.NONE && start[value] == at) {
                place(value, at, lowest, keptLowest);
            }
        }
        return new Allocation(registers, spills, context, stackBytes);
    }

    private void measure() {
        for (int i = 0; i < code.ops().size(); i++) {
            int at = i;
            Op op = code.ops().get(i);
            op.reads(value -> end[value] = at);
            if (op.assigns() != Op.NONE) {
                start[op.assigns()] = Math.min(start[op.assigns()], at);
                end[op.assigns()] = at;
            }
        }
    }

    private int contextRegister() {
        boolean called = false;
        for (Op op : code.ops()) {
            if (op.usesContext() && called) {
                return Registers.R6;
            }
            called |= op instanceof Op.Call;
        }
        return Registers.R1;
    }

    /** Finds the values some call destroys or takes: those that live over the next call after their start. */
    private void markKept() {
        int[] nextCall = new int[code.ops().size() + 1];
        nextCall[code.ops().size()] = NEVER;
        for (int i = code.ops().size() - 1; i >= 0; i--) {
            nextCall[i] = code.ops().get(i) instanceof Op.Call ? i : nextCall[i + 1];
        }
        for (int value = 0; value < start.length; value++) {
            kept[value] = start[value] != NEVER && nextCall[start[value] + 1] <= end[value];
        }
    }

    private void place(int value, int at, int lowest, int keptLowest) {
        for (int register = 0; register < holder.length; register++) {
            if (holder[register] != Op.NONE && end[holder[register]] <= at) {
                holder[register] = Op.NONE;
            }
        }
        if (!kept[value] && staysInResult(value, at)) {
            take(RESULT, value);
            return;
        }
        if ((!kept[value] && takeFree(value, lowest, 4)) || takeFree(value, keptLowest, 9)) {
            return;
        }
        int from = kept[value] ? keptLowest : lowest;
        int to = kept[value] ? 9 : 4;
        int longest = from;
        for (int register = from; register <= to; register++) {
            if (end[holder[register]] > end[holder[longest]]) {
                longest = register;
            }
        }
        if (end[holder[longest]] > end[value]) {
            spill(holder[longest]);
            take(longest, value);
        } else {
            spill(value);
        }
    }

    private boolean takeFree(int value, int from, int to) {
        for (int register = from; register <= to; register++) {
            if (holder[register] == Op.NONE) {
                take(register, value);
                return true;
            }
        }
        return false;
    }

    private void take(int register, int value) {
        holder[register] = value;
        registers[value] = register;
    }

    private void spill(int value) {
        registers[value] = Allocation.SPILLED;
        stackBytes += 8;
        spills[value] = -stackBytes;
    }

    /** Only tests and stores follow, which need no second scratch register besides r5. */
    private boolean staysInResult(int value, int at) {
        if (!(code.ops().get(at) instanceof Op.Call)) {
            return false;
        }
        for (int i = at + 1; i <= end[value]; i++) {
            Op op = code.ops().get(i);
            boolean harmless = (op instanceof Op.BranchConstant branch && branch.left() == value)
                    || (op instanceof Op.Store store && store.src() == value && store.base() != value);
            if (!harmless) {
                return false;
            }
        }
        return true;
    }
}
