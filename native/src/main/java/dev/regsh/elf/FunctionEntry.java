// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.util.Arrays;

/**
 * What the first bytes of a kernel function tell on x86-64. A function that can be traced begins, behind its landing pad, with
 * the 5 bytes that the compiler made a call of __fentry__ (gcc's -pg -mfentry): the kernel keeps a nop there, and a call while
 * something traces it (arch/x86/kernel/ftrace.c).
 */
public final class FunctionEntry {
    /** How many bytes are enough to look at. */
    public static final int BYTES = 64;

    private static final int LANDING_PAD = 4;
    private static final int CALL = 0xe8;
    private static final int CALL_BYTES = 5;
    /** arch/x86/include/asm/nops.h: what kernels write there, by processor up to 5.12. */
    private static final byte[][] NOPS = {{0x0f, 0x1f, 0x44, 0, 0}, {0x66, 0x66, 0x66, 0x66, (byte) 0x90}};

    private FunctionEntry() {}

    /** It has the place for tracing; by chance also one that begins with a call or such a nop of its own. */
    public static boolean traced(byte[] code) {
        return patched(code, 0) || patched(code, LANDING_PAD);
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
     * reason and no other; -1: there is none among the first.
     */
    public static int middle(byte[] code) {
        for (int at = 0; at < code.length;) {
            X86Instruction instruction = X86Instruction.at(code, at);
            if (instruction == null || instruction.flow() != X86Instruction.Flow.ON) {
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
