// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Value;
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

    private final CodeBuilder code;
    private final int at;
    private final int bytes;
    private final Map<Integer, Value> places = new HashMap<>();
    private final Value lowBits;
    private final Value gather;

    /** @param at on the stack, NUL-terminated within {@code bytes}, a multiple of 8 */
    GlobLowering(CodeBuilder code, int at, int bytes) {
        this.code = code;
        this.at = at;
        this.bytes = bytes;
        lowBits = code.constant(LOW_BITS);
        gather = code.constant(GATHER);
    }

    /** Not 0 where it matches. */
    Value match(byte[] glob) {
        Value end = code.copy(places(0));
        Value negated = code.copy(end);
        code.negate(negated);
        code.alu(end, Alu.AND, negated);
        Value inside = code.copy(end);
        code.alu(inside, Alu.ADD, -1);
        Value reached = code.constant(1);
        for (byte each : glob) {
            if (each == '*') {
                // From the first position on, everything.
                Value all = code.copy(reached);
                code.negate(all);
                code.alu(reached, Alu.OR, all);
            } else {
                code.alu(reached, Alu.AND, each == '?' ? inside : places(each & 0xFF));
                code.alu(reached, Alu.LSH, 1);
            }
        }
        code.alu(reached, Alu.AND, end);
        return reached;
    }

    /** Where the byte stands: a bit a position. */
    private Value places(int wanted) {
        Value known = places.get(wanted);
        if (known != null) {
            return known;
        }
        Value found = code.constant(0);
        for (int word = 0; word < bytes / 8; word++) {
            Value text = code.loadStack(at + word * 8);
            if (wanted != 0) {
                code.alu(text, Alu.XOR, wanted * EVERY_BYTE);
            }
            // The highest bit of each byte that is 0 now, and no other.
            Value zero = code.copy(text);
            code.alu(zero, Alu.AND, lowBits);
            code.alu(zero, Alu.ADD, lowBits);
            code.alu(zero, Alu.OR, text);
            code.alu(zero, Alu.OR, lowBits);
            code.complement(zero);
            code.alu(zero, Alu.RSH, 7);
            code.alu(zero, Alu.MUL, gather);
            code.alu(zero, Alu.RSH, 56);
            if (word > 0) {
                code.alu(zero, Alu.LSH, word * 8L);
            }
            code.alu(found, Alu.OR, zero);
        }
        places.put(wanted, found);
        return found;
    }
}
