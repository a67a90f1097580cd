// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Alu;
import java.util.HashMap;
import java.util.Map;

/**
 * Matches a text of up to 64 bytes with a glob, all at once and without a jump: a bit set holds the positions in the text
 * that the glob's beginning can reach, another for each byte of the glob holds where that byte stands in the text.
 */
final class GlobLowering {
    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
    /** Multiplied with bits 0, 8, 16 ... they come together in the highest byte. */
    private static final long GATHER = 0x0102_0408_1020_4080L;

    private final Frame frame;
    private final int at;
    private final int bytes;
    private final Map<Integer, Integer> places = new HashMap<>();
    private int lowBits;
    private int gather;

    /** @param at on the stack, NUL-terminated within {@code bytes}, a multiple of 8 */
    GlobLowering(Frame frame, int at, int bytes) {
        this.frame = frame;
        this.at = at;
        this.bytes = bytes;
    }

    /** Not 0 where it matches. */
    int match(byte[] glob) {
        lowBits = frame.constant(LOW_BITS);
        gather = frame.constant(GATHER);
        int end = frame.copy(places(0));
        int negated = frame.copy(end);
        frame.code.add(new Op.Negate(negated));
        frame.code.add(new Op.Binary(Alu.AND, true, end, negated));
        int inside = frame.copy(end);
        frame.code.add(new Op.BinaryConstant(Alu.ADD, true, inside, -1));
        int reached = frame.constant(1);
        for (byte each : glob) {
            if (each == '*') {
                // From the first position on, everything.
                int all = frame.copy(reached);
                frame.code.add(new Op.Negate(all));
                frame.code.add(new Op.Binary(Alu.OR, true, reached, all));
            } else {
                frame.code.add(new Op.Binary(Alu.AND, true, reached, each == '?' ? inside : places(each & 0xFF)));
                frame.code.add(new Op.BinaryConstant(Alu.LSH, true, reached, 1));
            }
        }
        frame.code.add(new Op.Binary(Alu.AND, true, reached, end));
        return reached;
    }

    /** Where the byte stands: a bit a position. */
    private int places(int wanted) {
        Integer known = places.get(wanted);
        if (known != null) {
            return known;
        }
        int found = frame.constant(0);
        for (int word = 0; word < bytes / 8; word++) {
            int text = frame.code.newValue();
            frame.code.add(new Op.StackLoad(text, 8, at + word * 8));
            if (wanted != 0) {
                frame.code.add(new Op.Binary(Alu.XOR, true, text, frame.constant(wanted * EVERY_BYTE)));
            }
            // The highest bit of each byte that is 0 now, and no other.
            int zero = frame.copy(text);
            frame.code.add(new Op.Binary(Alu.AND, true, zero, lowBits));
            frame.code.add(new Op.Binary(Alu.ADD, true, zero, lowBits));
            frame.code.add(new Op.Binary(Alu.OR, true, zero, text));
            frame.code.add(new Op.Binary(Alu.OR, true, zero, lowBits));
            frame.code.add(new Op.BinaryConstant(Alu.XOR, true, zero, -1));
            frame.code.add(new Op.BinaryConstant(Alu.RSH, true, zero, 7));
            frame.code.add(new Op.Binary(Alu.MUL, true, zero, gather));
            frame.code.add(new Op.BinaryConstant(Alu.RSH, true, zero, 56));
            if (word > 0) {
                frame.code.add(new Op.BinaryConstant(Alu.LSH, true, zero, word * 8));
            }
            frame.code.add(new Op.Binary(Alu.OR, true, found, zero));
        }
        places.put(wanted, found);
        return found;
    }
}
