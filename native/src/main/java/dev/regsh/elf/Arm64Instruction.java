// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import org.jspecify.annotations.Nullable;

/**
 * An arm64 instruction, all of which have four bytes (Arm Architecture Reference Manual for A-profile architecture, C4.1 "A64
 * instruction set encoding").
 */
final class Arm64Instruction implements Instruction {
    static final int BYTES = 4;

    private static final int NOP = 0xd503201f;
    private static final int ZERO_REGISTER = 31;
    private static final int LINK = 30;

    private final int word;
    private final int start;

    private Arm64Instruction(int word, int start) {
        this.word = word;
        this.start = start;
    }

    /** The one that begins there; null: the code given ends before it does. */
    static @Nullable Arm64Instruction at(byte[] code, int start) {
        if (start + BYTES > code.length) {
            return null;
        }
        return new Arm64Instruction((code[start] & 0xff) | (code[start + 1] & 0xff) << 8 | (code[start + 2] & 0xff) << 16
                | code[start + 3] << 24, start);
    }

    private boolean is(int mask, int value) {
        return (word & mask) == value;
    }

    private int field(int shift, int bits) {
        return word >>> shift & ((1 << bits) - 1);
    }

    /** A distance in instructions, in bytes. */
    private int distance(int shift, int bits) {
        return (field(shift, bits) << (Integer.SIZE - bits)) >> (Integer.SIZE - bits - 2);
    }

    @Override
    public int length() {
        return BYTES;
    }

    @Override
    public Flow flow() {
        if (isReturn() || isSignedReturn()) {
            return Flow.RETURN;
        } else if (is(0xfc000000, 0x14000000)) {
            return Flow.JUMP;
        } else if (isConditional() || isCompareBranch() || isTestBranch()) {
            return Flow.BRANCH;
        } else if (is(0xfffffc1f, 0xd61f0000) || is(0xfefff800, 0xd61f0800)) {
            // BR, and with authentication BRAA and the like.
            return Flow.INDIRECT;
        }
        // BRK, HLT, UDF.
        return is(0xffe0001f, 0xd4200000) || is(0xffe0001f, 0xd4400000) || is(0xffff0000, 0) ? Flow.STOP : Flow.ON;
    }

    private boolean isReturn() {
        return is(0xfffffc1f, 0xd65f0000);
    }

    /** RETAA, RETAB: the address is authenticated by the instruction itself. */
    private boolean isSignedReturn() {
        return is(0xfffffbff, 0xd65f0bff);
    }

    private boolean isConditional() {
        return is(0xff000000, 0x54000000);
    }

    private boolean isCompareBranch() {
        return is(0x7e000000, 0x34000000);
    }

    private boolean isTestBranch() {
        return is(0x7e000000, 0x36000000);
    }

    @Override
    public int target() {
        return start
                + (isTestBranch() ? distance(5, 14) : isConditional() || isCompareBranch() ? distance(5, 19) : distance(0, 26));
    }

    /** BL and BLR, with authentication too. */
    @Override
    public boolean isCall() {
        return isDirectCall() || is(0xfffffc1f, 0xd63f0000) || is(0xfefff800, 0xd63f0800);
    }

    private boolean isDirectCall() {
        return is(0xfc000000, 0x94000000);
    }

    /** It calls, or jumps to, an address at a fixed distance. */
    boolean goesTo() {
        return isDirectCall() || flow() == Flow.JUMP;
    }

    @Override
    public boolean isNop() {
        return word == NOP;
    }

    /** BTI c and BTI jc: where calls by a pointer may arrive, and nothing else is done. */
    boolean isLandingPad() {
        return word == 0xd503245f || word == 0xd50324df;
    }

    /** MOV x9, x30: what a function that can be traced begins with, once the kernel has looked at it (arch/arm64/kernel/ftrace.c). */
    boolean keepsReturnAddress() {
        return word == 0xaa1e03e9;
    }

    /** As arch/arm64/kernel/probes/decode-insn.c has it for user programs: what can be neither run elsewhere nor imitated. */
    @Override
    public String refusal() {
        if (is(0xff000000, 0xd4000000)) {
            return "an instruction that makes an exception (SVC, BRK)";
        } else if (isBranch() && flow() != Flow.BRANCH && !goesTo() && !isReturn() && !isPlainIndirect()) {
            return "a branch that authenticates its address (RETAA, BLRAA and the like)";
        } else if (is(0xfffff01f, 0xd503201f) && !mayBeStepped()) {
            return "a hint that is not known to be harmless (AUTIASP, WFE and the like)";
        } else if (is(0xfff8f01f, 0xd500401f) || is(0xfff00000, 0xd5100000)) {
            return "a write to a register of the system (MSR)";
        } else if (is(0x3f800000, 0x08000000)) {
            return "part of an exclusive access (LDXR, STXR)";
        } else if (is(0x3b000000, 0x18000000)) {
            return "a load at a distance from the instruction (LDR of a literal)";
        } else if (is(0x3b200c00, 0x19000400)) {
            return "part of a copy in three instructions (CPYP, SETP and the like)";
        }
        return "";
    }

    /** Branches, calls and returns by a register. */
    private boolean isBranch() {
        return is(0xfe000000, 0xd6000000);
    }

    private boolean isPlainIndirect() {
        return is(0xfffffc1f, 0xd61f0000) || is(0xfffffc1f, 0xd63f0000);
    }

    /** Hints by their number: NOP, XPACLRI, those that sign, BTI. */
    private boolean mayBeStepped() {
        return switch (field(5, 7)) {
            case 0, 7, 8, 10, 24, 25, 26, 27, 32, 34, 36, 38 -> true;
            default -> false;
        };
    }

    @Override
    public int jumpRegister() {
        return field(5, 5);
    }

    private int target(int shift) {
        return field(shift, 5);
    }

    @Override
    public boolean writes(int register) {
        if (register == ZERO_REGISTER) {
            return false;
        } else if (isCall()) {
            return register == LINK;
        } else if (isPairLoad()) {
            return target(0) == register || target(10) == register;
        }
        return (isLoad() || is(0x1c000000, 0x10000000) || (is(0x0e000000, 0x0a000000) && !is(0x1fe00000, 0x1a400000))
                || is(0xfff00000, 0xd5300000)) && target(0) == register;
    }

    private boolean isPairLoad() {
        return is(0x3e400000, 0x28400000);
    }

    /** Of one general register, at an address that is an immediate or a register away. */
    private boolean isLoad() {
        return (is(0x3f000000, 0x39000000) || is(0x3f000000, 0x38000000)) && field(22, 2) != 0;
    }

    /** ADD of registers, 64 bits wide. */
    @Override
    public int[] adds() {
        return is(0xff200000, 0x8b000000) || is(0xffe00000, 0x8b200000) ? new int[] {field(5, 5), field(16, 5)} : new int[0];
    }

    /** A load at a base and an index. */
    private boolean isIndexed() {
        return is(0x3f200c00, 0x38200800) && field(22, 2) != 0;
    }

    @Override
    public boolean readsDistance() {
        return isIndexed() && field(30, 2) < 3;
    }

    @Override
    public boolean readsIndexedTable() {
        return isIndexed() && field(30, 2) == 3;
    }

    /**
     * The address of the pointer that a stub of the linkage table jumps by: the page comes from ADRP, the rest from the LDR behind
     * it; 0: there is none.
     *
     * @param code of the stub
     * @param address of the stub
     */
    static long stubSlot(byte[] code, long address) {
        for (int at = 0; at + 2 * BYTES <= code.length; at += BYTES) {
            int page = word(code, at);
            int load = word(code, at + BYTES);
            if ((page & 0x9f000000) == 0x90000000 && (load & 0xffc00000) == 0xf9400000 && (page & 0x1f) == (load >> 5 & 0x1f)) {
                long pages = (long) (page >> 5 & 0x7ffff) << 45 >> 43 | (page >> 29 & 3);
                return (address + at & ~0xfffL) + (pages << 12) + ((load >> 10 & 0xfff) << 3);
            }
        }
        return 0;
    }

    private static int word(byte[] code, int at) {
        Arm64Instruction instruction = at(code, at);
        return instruction == null ? 0 : instruction.word;
    }
}
