// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

/**
 * How long an x86-64 instruction is (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, chapter 2 and
 * appendix A). A breakpoint in the middle of one would change what the program does.
 */
final class X86Instruction {
    private static final int UNKNOWN = -1;
    private static final int LONGEST = 15;

    private final byte[] code;
    private int at;
    private boolean shortOperand;
    private boolean shortAddress;
    private boolean wide;

    private X86Instruction(byte[] code, int start) {
        this.code = code;
        at = start;
    }

    /** In bytes; -1: it is none that is known, or does not end in the code given. */
    static int length(byte[] code, int start) {
        X86Instruction instruction = new X86Instruction(code, start);
        try {
            int end = instruction.end();
            return end == UNKNOWN || end - start > LONGEST || end > code.length ? UNKNOWN : end - start;
        } catch (ArrayIndexOutOfBoundsException cut) {
            return UNKNOWN;
        }
    }

    private int next() {
        return code[at++] & 0xff;
    }

    private int end() {
        int opcode = next();
        while (isPrefix(opcode)) {
            shortOperand |= opcode == 0x66;
            shortAddress |= opcode == 0x67;
            opcode = next();
        }
        if (opcode >> 4 == 4) {
            wide = (opcode & 8) != 0;
            opcode = next();
        }
        return switch (opcode) {
            case 0x0f -> escaped();
            case 0xc5 -> vector(1, 1);
            case 0xc4 -> vector(code[at] & 0x1f, 2);
            case 0x62 -> vector(code[at] & 7, 3);
            default -> plain(opcode);
        };
    }

    private static boolean isPrefix(int opcode) {
        return opcode == 0x66 || opcode == 0x67 || opcode == 0xf0 || opcode == 0xf2 || opcode == 0xf3 || opcode == 0x64
                || opcode == 0x65 || opcode < 0x40 && (opcode & 0xe7) == 0x26;
    }

    private int escaped() {
        int opcode = next();
        if (opcode == 0x38 || opcode == 0x3a) {
            boolean immediate = opcode == 0x3a;
            next();
            return operands() + (immediate ? 1 : 0);
        }
        if (opcode >> 4 == 8) {
            return at + 4;
        }
        boolean alone = opcode >= 0x05 && opcode <= 0x0b || opcode == 0x0e || opcode >= 0x30 && opcode <= 0x37 || opcode == 0x77
                || (opcode & 0xf7) >= 0xa0 && (opcode & 0xf7) <= 0xa2 || opcode >= 0xc8 && opcode <= 0xcf;
        return alone ? at : operands() + (hasByte(opcode) || opcode == 0x0f ? 1 : 0);
    }

    /** Of the map that 0f leads to, and of its vector forms. */
    private static boolean hasByte(int opcode) {
        return opcode >= 0x70 && opcode <= 0x73 || opcode == 0xa4 || opcode == 0xac || opcode == 0xba || opcode == 0xc2
                || opcode >= 0xc4 && opcode <= 0xc6;
    }

    private int vector(int map, int prefixBytes) {
        at += prefixBytes;
        int opcode = next();
        return switch (map) {
            case 1 -> opcode == 0x77 && prefixBytes < 3 ? at : operands() + (hasByte(opcode) ? 1 : 0);
            case 2, 5, 6 -> operands();
            case 3 -> operands() + 1;
            default -> UNKNOWN;
        };
    }

    private int plain(int opcode) {
        int low = opcode & 7;
        int operandBytes = shortOperand ? 2 : 4;
        if (opcode < 0x40) {
            return low < 4 ? operands() : low == 4 ? at + 1 : low == 5 ? at + operandBytes : UNKNOWN;
        }
        if (opcode >> 4 == 7 || opcode >= 0xb0 && opcode <= 0xb7 || opcode >= 0xe0 && opcode <= 0xe7) {
            return at + 1;
        }
        if (opcode >= 0xb8 && opcode <= 0xbf) {
            return at + (wide ? 8 : operandBytes);
        }
        if (opcode >= 0xd8 && opcode <= 0xdf || opcode >= 0xd0 && opcode <= 0xd3) {
            return operands();
        }
        return switch (opcode) {
            case 0x6a, 0xa8, 0xcd, 0xeb -> at + 1;
            case 0x68, 0xa9 -> at + operandBytes;
            case 0xe8, 0xe9 -> at + 4;
            case 0xc2, 0xca -> at + 2;
            case 0xc8 -> at + 3;
            case 0xa0, 0xa1, 0xa2, 0xa3 -> at + (shortAddress ? 4 : 8);
            case 0x6b, 0x80, 0x83, 0xc0, 0xc1, 0xc6 -> operands() + 1;
            case 0x69, 0x81, 0xc7 -> operands() + operandBytes;
            // TEST has an immediate, the others of its group have none.
            case 0xf6 -> (code[at] >> 3 & 7) < 2 ? operands() + 1 : operands();
            case 0xf7 -> (code[at] >> 3 & 7) < 2 ? operands() + operandBytes : operands();
            case 0x63, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0xfe, 0xff -> operands();
            case 0x60, 0x61, 0x82, 0x9a, 0xce, 0xd4, 0xd5, 0xd6, 0xea -> UNKNOWN;
            default -> at;
        };
    }

    /** Behind the ModRM byte, the SIB byte and the displacement. */
    private int operands() {
        int modrm = next();
        int mode = modrm >> 6;
        int base = modrm & 7;
        if (mode == 3) {
            return at;
        }
        if (base == 4) {
            base = next() & 7;
        }
        return at + (mode == 1 ? 1 : mode == 2 || base == 5 ? 4 : 0);
    }
}
