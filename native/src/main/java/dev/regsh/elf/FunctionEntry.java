// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.util.Arrays;

/**
 * What the first bytes of a kernel function tell. A function that can be traced begins, behind its landing pad, on x86-64 with
 * the 5 bytes that the compiler made a call of __fentry__ (gcc's -pg -mfentry): the kernel keeps a nop there, and a call while
 * something traces it (arch/x86/kernel/ftrace.c). On arm64 it begins with the two nops of -fpatchable-function-entry, of which the
 * first becomes a move of the return address, the other a call while something traces it (arch/arm64/kernel/ftrace.c).
 */
public final class FunctionEntry {
    /** How many bytes are enough to look at. */
    public static final int BYTES = 64;

    private static final int CALL = 0xe8;
    private static final int CALL_BYTES = 5;
    /** arch/x86/include/asm/nops.h: what kernels write there, by processor up to 5.12. */
    private static final byte[][] NOPS = {{0x0f, 0x1f, 0x44, 0, 0}, {0x66, 0x66, 0x66, 0x66, (byte) 0x90}};

    private FunctionEntry() {}

    /** It has the place for tracing; by chance also one that begins with a call or such a nop of its own. */
    public static boolean traced(Machine machine, byte[] code) {
        return machine == Machine.ARM64 ? moved(code, 0) || moved(code, Machine.LANDING_PAD)
                : patched(code, 0) || patched(code, Machine.LANDING_PAD);
    }

    private static boolean moved(byte[] code, int at) {
        Arm64Instruction first = Arm64Instruction.at(code, at);
        Arm64Instruction second = Arm64Instruction.at(code, at + Arm64Instruction.BYTES);
        return first != null && second != null && (first.isNop() || first.keepsReturnAddress())
                && (second.isNop() || second.isCall());
    }

    private static boolean patched(byte[] code, int at) {
        if (code.length < at + CALL_BYTES) {
            return false;
        }
        boolean patched = (code[at] & 0xff) == CALL;
        for (byte[] nop : NOPS) {
            patched |= Arrays.equals(code, at, at + CALL_BYTES, nop, 0, CALL_BYTES);
        }
        return patched;
    }

    /**
     * An offset in the middle of an instruction that the kernel itself never rewrites, so that a probe there is refused for that
     * reason and no other; -1: there is none among the first. None is looked for on arm64, which gives the same errno for both.
     */
    public static int middle(Machine machine, byte[] code) {
        if (machine == Machine.ARM64) {
            return -1;
        }
        for (int at = 0; at < code.length;) {
            X86Instruction instruction = X86Instruction.at(code, at);
            if (instruction == null || instruction.flow() != Instruction.Flow.ON) {
                return -1;
            }
            if (instruction.length() > 1 && !instruction.isCall() && !instruction.isNop()) {
                return at + 1;
            }
            at += instruction.length();
        }
        return -1;
    }
}
