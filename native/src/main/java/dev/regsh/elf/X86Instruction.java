// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import org.jspecify.annotations.Nullable;

/**
 * One x86-64 instruction: how long it is, where execution goes on behind it, and what it does with addresses. A breakpoint in the
 * middle of one would change what the program does.
 */
final class X86Instruction extends X86Encoding {
    private X86Instruction(byte[] code, int start) {
        super(code, start);
    }

    /** The one that begins there; null: it is none that is known, or does not end in the code given. */
    static @Nullable X86Instruction at(byte[] code, int start) {
        try {
            X86Instruction instruction = new X86Instruction(code, start);
            return instruction.isKnown() ? instruction : null;
        } catch (ArrayIndexOutOfBoundsException cut) {
            return null;
        }
    }

    /** In bytes; -1: it is none that is known, or does not end in the code given. */
    static int length(byte[] code, int start) {
        X86Instruction instruction = at(code, start);
        return instruction == null ? UNKNOWN : instruction.length();
    }

    @Override
    public int length() {
        return end - start;
    }

    @Override
    public Flow flow() {
        return flow;
    }

    @Override
    public int target() {
        if (modrm != UNKNOWN) {
            return end + number(displacementAt, 4);
        }
        int bytes = escaped || opcode == 0xe9 || opcode == 0xe8 ? 4 : 1;
        return end + number(end - bytes, bytes);
    }

    /** Its operand in memory is at a distance from it. */
    private boolean ripRelative() {
        return modrm != UNKNOWN && (modrm & 0xc7) == 5;
    }

    @Override
    public boolean byPointer() {
        return flow == Flow.INDIRECT && ripRelative();
    }

    /** -fcf-protection. */
    @Override
    public boolean untracked() {
        return notrack;
    }

    /** jmp *TABLE(,%rax,8). */
    @Override
    public boolean byFixedTable() {
        return fixedTable() && flow == Flow.INDIRECT;
    }

    /** jmp *(%rcx,%rax,8). */
    @Override
    public boolean byIndexedTable() {
        return flow == Flow.INDIRECT && modrm >> 6 != 3 && (modrm & 7) == 4 && sib >> 6 == 3;
    }

    private boolean fixedTable() {
        return modrm != UNKNOWN && modrm >> 6 == 0 && (modrm & 7) == 4 && (sib & 7) == 5 && sib >> 6 == 3;
    }

    @Override
    public int jumpRegister() {
        return modrm >> 6 == 3 ? (modrm & 7) | (rex & 1) << 3 : NO_REGISTER;
    }

    @Override
    public boolean isCall() {
        return !escaped && (opcode == 0xe8 || (opcode == 0xff && (modrm >> 4 & 3) == 1));
    }

    @Override
    public boolean isNop() {
        return escaped ? opcode == 0x1f || opcode == 0x1e : opcode == 0x90;
    }

    @Override
    public boolean writes(int register) {
        return written() == register;
    }

    /** The general register that it writes, 0 to 15, as far as those instructions go that compute addresses; -1: none of these. */
    private int written() {
        if ((!escaped && (opcode & 0xf8) == 0x58) || (!escaped && (opcode & 0xf8) == 0xb8)) {
            return (opcode & 7) | (rex & 1) << 3;
        }
        if (modrm == UNKNOWN) {
            return NO_REGISTER;
        }
        int field = (modrm >> 3 & 7) | (rex & 4) << 1;
        if (escaped) {
            // CMOV, MOVZX, MOVSX.
            return opcode >> 4 == 4 || (opcode & 0xf6) == 0xb6 ? field : NO_REGISTER;
        }
        return switch (opcode) {
            case 0x03, 0x0b, 0x13, 0x1b, 0x23, 0x2b, 0x33, 0x63, 0x69, 0x6b, 0x8a, 0x8b, 0x8d -> field;
            case 0x01, 0x09, 0x11, 0x19, 0x21, 0x29, 0x31, 0x81, 0x83, 0x87, 0x88, 0x89, 0xc1, 0xc7, 0xd1, 0xd3, 0xf7 ->
                modrm >> 6 == 3 ? (modrm & 7) | (rex & 1) << 3 : NO_REGISTER;
            default -> NO_REGISTER;
        };
    }

    /** ADD. */
    @Override
    public int[] adds() {
        if (escaped || !wide || modrm == UNKNOWN || modrm >> 6 != 3 || (opcode != 0x01 && opcode != 0x03)) {
            return new int[0];
        }
        return new int[] {(modrm & 7) | (rex & 1) << 3, (modrm >> 3 & 7) | (rex & 4) << 1};
    }

    /** Of 32 bits, at a base plus an index, or at a fixed place. */
    @Override
    public boolean readsDistance() {
        boolean indexed = modrm != UNKNOWN && modrm >> 6 != 3 && (modrm & 7) == 4 && ((sib >> 3 & 7) != 4 || (rex & 2) != 0);
        return (indexed || ripRelative()) && !escaped && (opcode == 0x63 || (opcode == 0x8b && !wide));
    }

    @Override
    public boolean readsFixedTable() {
        return !escaped && opcode == 0x8b && fixedTable();
    }

    private int number(int from, int bytes) {
        int value = code[from + bytes - 1];
        for (int i = bytes - 2; i >= 0; i--) {
            value = value << 8 | (code[from + i] & 0xff);
        }
        return value;
    }
}
