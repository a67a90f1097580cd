// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

/** Opcode bits of eBPF, after the kernel's Documentation/bpf/standardization/instruction-set.rst (RFC 9669). */
final class Opcode {
    /** Instruction classes. */
    static final int LD = 0x00;
    static final int LDX = 0x01;
    static final int ST = 0x02;
    static final int STX = 0x03;
    static final int ALU = 0x04;
    static final int JMP = 0x05;
    static final int JMP32 = 0x06;
    static final int ALU64 = 0x07;

    /** Where the second operand comes from. */
    static final int K = 0x00;
    static final int X = 0x08;

    /** Modes of loads and stores. */
    static final int IMM = 0x00;
    static final int MEM = 0x60;
    static final int ATOMIC = 0xc0;
    /** With ATOMIC, in the immediate: leave the old value in the source register. */
    static final int FETCH = 0x01;

    static final int JA = 0x00;
    static final int CALL = 0x80;
    static final int EXIT = 0x90;

    private Opcode() {}

    /** The size bits of a load or store of that many bytes. */
    static int size(int bytes) {
        return switch (bytes) {
            case 1 -> 0x10;
            case 2 -> 0x08;
            case 4 -> 0x00;
            case 8 -> 0x18;
            default -> throw new IllegalArgumentException("no access of " + bytes + " bytes");
        };
    }
}
