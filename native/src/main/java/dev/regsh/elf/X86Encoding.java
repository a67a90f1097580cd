// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

/**
 * How one x86-64 instruction is encoded: prefixes, opcode, operands, and so its length (Intel 64 and IA-32 Architectures Software
 * Developer's Manual, volume 2, chapter 2 and appendix A).
 */
abstract class X86Encoding implements Instruction {
    static final int UNKNOWN = -1;
    private static final int LONGEST = 15;
    /** Set in the opcode of what is neither in the first map nor in that of 0f. */
    private static final int OTHER_MAP = 0x100;

    final byte[] code;
    final int start;
    private int at;
    private boolean shortOperand;
    private boolean shortAddress;
    boolean wide;
    /** The REX prefix, 0: none. */
    int rex;
    boolean notrack;
    int opcode;
    boolean escaped;
    int modrm = UNKNOWN;
    int sib = UNKNOWN;
    int displacementAt;
    Flow flow = Flow.ON;
    final int end;

    /** @throws ArrayIndexOutOfBoundsException where the code given ends in the middle of it */
    X86Encoding(byte[] code, int start) {
        this.code = code;
        this.start = start;
        at = start;
        end = end();
    }

    /** Whether it is one that is known, all of which is there. */
    final boolean isKnown() {
        return end != UNKNOWN && end - start <= LONGEST && end <= code.length;
    }

    private int next() {
        return code[at++] & 0xff;
    }

    private int end() {
        opcode = next();
        while (isPrefix(opcode)) {
            shortOperand |= opcode == 0x66;
            shortAddress |= opcode == 0x67;
            notrack |= opcode == 0x3e;
            opcode = next();
        }
        if (opcode >> 4 == 4) {
            rex = opcode;
            wide = (opcode & 8) != 0;
            opcode = next();
        }
        return switch (opcode) {
            case 0x0f -> escaped();
            case 0xc5 -> vector(1, 1);
            case 0xc4 -> vector(code[at] & 0x1f, 2);
            case 0x62 -> vector(code[at] & 7, 3);
            // POP in memory has 0 in these bits, AMD's XOP a map from 8 on.
            case 0x8f -> (code[at] & 0x1f) < 8 ? operands() : vector(code[at] & 0x1f, 2);
            default -> plain();
        };
    }

    private static boolean isPrefix(int opcode) {
        return opcode == 0x66 || opcode == 0x67 || opcode == 0xf0 || opcode == 0xf2 || opcode == 0xf3 || opcode == 0x64
                || opcode == 0x65 || (opcode < 0x40 && (opcode & 0xe7) == 0x26);
    }

    private int escaped() {
        escaped = true;
        opcode = next();
        if (opcode == 0x38 || opcode == 0x3a) {
            boolean immediate = opcode == 0x3a;
            opcode = OTHER_MAP | next();
            return operands() + (immediate ? 1 : 0);
        }
        if (opcode >> 4 == 8) {
            flow = Flow.BRANCH;
            return at + 4;
        }
        if (opcode == 0x0b || opcode == 0xb9 || opcode == 0xff) {
            flow = Flow.STOP;
        }
        boolean alone = (opcode >= 0x05 && opcode <= 0x0b) || opcode == 0x0e || (opcode >= 0x30 && opcode <= 0x37) || opcode == 0x77
                || ((opcode & 0xf7) >= 0xa0 && (opcode & 0xf7) <= 0xa2) || (opcode >= 0xc8 && opcode <= 0xcf);
        return alone ? at : operands() + (hasByte(opcode) || opcode == 0x0f ? 1 : 0);
    }

    /** Of the map that 0f leads to, and of its vector forms. */
    private static boolean hasByte(int opcode) {
        return (opcode >= 0x70 && opcode <= 0x73) || opcode == 0xa4 || opcode == 0xac || opcode == 0xba || opcode == 0xc2
                || (opcode >= 0xc4 && opcode <= 0xc6);
    }

    private int vector(int map, int prefixBytes) {
        escaped = true;
        at += prefixBytes;
        int byMap = next();
        opcode = OTHER_MAP | byMap;
        return switch (map) {
            case 1 -> byMap == 0x77 && prefixBytes < 3 ? at : operands() + (hasByte(byMap) ? 1 : 0);
            case 2, 5, 6 -> operands();
            case 3, 8 -> operands() + 1;
            case 9 -> operands();
            case 10 -> operands() + 4;
            default -> UNKNOWN;
        };
    }

    private int plain() {
        int low = opcode & 7;
        int operandBytes = shortOperand ? 2 : 4;
        if (opcode < 0x40) {
            return low < 4 ? operands() : low == 4 ? at + 1 : low == 5 ? at + operandBytes : UNKNOWN;
        }
        if (opcode >> 4 == 7 || (opcode >= 0xe0 && opcode <= 0xe3)) {
            flow = Flow.BRANCH;
            return at + 1;
        }
        if ((opcode >= 0xb0 && opcode <= 0xb7) || (opcode >= 0xe4 && opcode <= 0xe7)) {
            return at + 1;
        }
        if (opcode >= 0xb8 && opcode <= 0xbf) {
            return at + (wide ? 8 : operandBytes);
        }
        if ((opcode >= 0xd8 && opcode <= 0xdf) || (opcode >= 0xd0 && opcode <= 0xd3)) {
            return operands();
        }
        flow = switch (opcode) {
            case 0xe9, 0xeb -> Flow.JUMP;
            case 0xc2, 0xc3, 0xca, 0xcb, 0xcf -> Flow.RETURN;
            case 0xcc, 0xf4 -> Flow.STOP;
            case 0xff -> (code[at] >> 4 & 3) == 2 ? Flow.INDIRECT : Flow.ON;
            default -> Flow.ON;
        };
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
            case 0x63, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0xfe, 0xff -> operands();
            case 0x60, 0x61, 0x82, 0x9a, 0xce, 0xd4, 0xd5, 0xd6, 0xea -> UNKNOWN;
            default -> at;
        };
    }

    /** Behind the ModRM byte, the SIB byte and the displacement. */
    private int operands() {
        modrm = next();
        int mode = modrm >> 6;
        int base = modrm & 7;
        if (mode == 3) {
            return at;
        }
        if (base == 4) {
            sib = next();
            base = sib & 7;
        }
        displacementAt = at;
        return at + (mode == 1 ? 1 : mode == 2 || (base == 5 && mode == 0) ? 4 : 0);
    }
}
