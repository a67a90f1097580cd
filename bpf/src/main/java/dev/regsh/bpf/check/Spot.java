// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.Types;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.Place;
import dev.regsh.grammar.ast.BinaryOperator;
import dev.regsh.grammar.ast.Span;

/**
 * A typed thing in memory, on the way to one of its parts.
 *
 * @param bitOffset from the address
 * @param bitWidth of a bit-field; 0: none
 */
record Spot(boolean user, Expr address, long bitOffset, int bitWidth, Type type, Span span) {

    /** A part of it, at so many bits from its start. */
    Spot part(Type of, long bits, int width, Span at) {
        return new Spot(user, address, bitOffset + bits, width, of, at);
    }

    Expr addressOf() {
        return bitOffset == 0 ? address
                : new Expr.Binary(BinaryOperator.ADD, false, address, new Expr.Constant(bitOffset / 8, true, span), span);
    }

    /** Its integer. */
    Place place(String label) {
        if (!Types.isInteger(type)) {
            String hint = type instanceof Type.Struct ? "name one of its fields" : type instanceof Type.Array
                    ? "name one of its elements: " + label + "[0]" : "";
            throw Errors.at(span, label + " is a " + Types.show(type) + ", no single number", hint);
        }
        boolean signed = Types.signed(type);
        if (bitWidth == 0) {
            int bytes = (int) Types.size(type);
            return new Place(user, address, bitOffset / 8, bytes, signed, 0, bytes * 8, label, span);
        }
        for (int bytes = 1; bytes <= 8; bytes *= 2) {
            long start = Math.floorDiv(bitOffset / 8, bytes) * bytes;
            if (bitOffset + bitWidth <= (start + bytes) * 8) {
                return new Place(user, address, start, bytes, signed, (int) (bitOffset - start * 8), bitWidth, label,
                        span);
            }
        }
        throw Errors.at(span, label + " is a bit-field across two words");
    }
}
