// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeText;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.MemoryOperand;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.source.Span;

/**
 * A typed thing in memory, on the way to one of its parts.
 *
 * @param bitOffset from the address
 * @param bitWidth of a bit-field; 0: none
 */
record Spot(boolean user, Expr address, long bitOffset, int bitWidth, Type type, Span span) {
    /** No address space has more than 57 bits, half of them the kernel's. */
    private static final long FARTHEST_BITS = 1L << 59;

    /** A part of it, at so many bits from its start. */
    Spot part(Type of, long bits, int width, Span at) {
        long sum = bitOffset + bits;
        if (Math.abs(bits) > FARTHEST_BITS || Math.abs(sum) > FARTHEST_BITS) {
            throw tooFar(at);
        }
        return new Spot(user, address, sum, width, of, at);
    }

    /** An element of the array, or of what is taken for one, that begins here. */
    Spot element(Type of, Expr.Constant index, long size, Span at) {
        boolean huge = !index.signed() && index.value() < 0;
        long bits;
        try {
            bits = Math.multiplyExact(Math.multiplyExact(index.value(), size), 8);
        } catch (ArithmeticException overflow) {
            throw tooFar(at);
        }
        if (huge) {
            throw tooFar(at);
        }
        return part(of, bits, 0, at);
    }

    private static RuntimeException tooFar(Span at) {
        return Errors.at(at, "no memory is that far from its base: addresses reach 2^56 bytes", "is the index what you meant?");
    }

    Expr addressOf() {
        return bitOffset == 0 ? address
                : new Expr.Binary(BinaryOperator.ADD, false, address, new Expr.Constant(bitOffset / 8, true, span), span);
    }

    /** Its integer. */
    MemoryOperand place(String label) {
        checkInteger(type, label, span);
        boolean signed = type.signed();
        if (bitWidth == 0) {
            int bytes = (int) type.size();
            return new MemoryOperand(user, address, bitOffset / 8, bytes, signed, 0, bytes * 8, label, span);
        }
        for (int bytes = 1; bytes <= 8; bytes *= 2) {
            long start = Math.floorDiv(bitOffset / 8, bytes) * bytes;
            if (bitOffset + bitWidth <= (start + bytes) * 8) {
                return new MemoryOperand(user, address, start, bytes, signed, (int) (bitOffset - start * 8), bitWidth, label,
                        span);
            }
        }
        throw Errors.at(span, label + " is a bit-field across two words");
    }

    static void checkInteger(Type type, String label, Span span) {
        if (!type.isInteger()) {
            String hint = type instanceof Type.Struct ? "name one of its fields" : type instanceof Type.Array
                    ? "name one of its elements: " + label + "[0]" : "";
            throw Errors.at(span, label + " is a " + TypeText.of(type) + ", no single number", hint);
        }
    }
}
