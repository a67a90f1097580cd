// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeText;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.MemoryOperand;
import dev.regsh.grammar.expression.BinaryOperator;

/** Whether a value can be kept where it is assigned, and what it becomes there. */
final class Fit {
    private Fit() {}

    /** Refuses a constant that so many bits hold neither as a signed nor as an unsigned number. */
    static void check(Expr value, int bits, String target) {
        if (bits < 64 && value instanceof Expr.Constant constant) {
            check(constant, -(1L << (bits - 1)), (1L << bits) - 1, bits, target);
        }
    }

    private static void check(Expr.Constant constant, long least, long most, int bits, String target) {
        boolean negative = constant.signed() && constant.value() < 0;
        if (negative ? constant.value() < least : Long.compareUnsigned(constant.value(), most) > 0) {
            throw Errors.at(constant.span(), (constant.signed() ? Long.toString(constant.value())
                    : "0x" + Long.toHexString(constant.value())) + " does not fit in " + target + ", which has " + bits
                    + (bits == 1 ? " bit" : " bits"), "give " + least + (most - least == 1 ? " or " : " to ") + most);
        }
    }

    /** The value of a {@code _Bool}, which C makes 0 or 1. */
    private static Expr bool(Expr value, String target) {
        if (value instanceof Expr.Constant constant) {
            check(constant, 0, 1, 1, target);
            return value;
        }
        return new Expr.Binary(BinaryOperator.NOT_EQUAL, false, value, new Expr.Constant(0, true, value.span()), value.span());
    }

    /**
     * A value as a parameter or result of the type has it.
     *
     * @param type one that a register can carry
     */
    static Expr converted(Expr value, Type type, String target) {
        int bits = (int) type.size() * 8;
        if (bits == 64) {
            return value;
        }
        Expr fitting = value;
        if (type instanceof Type.Int integer && integer.bool()) {
            fitting = bool(value, target);
        } else {
            check(value, bits, target + " (" + TypeText.of(type) + ")");
        }
        return ByValueTyper.bits(fitting, 0, bits, type.signed(), value.span());
    }

    /** A value as a field has it. */
    static Expr stored(Expr value, Type type, MemoryOperand place, String target) {
        if (type instanceof Type.Int integer && integer.bool()) {
            return bool(value, target);
        }
        if (place.bits() == 1 && value instanceof Expr.Constant constant) {
            check(constant, place.signed() ? -1 : 0, place.signed() ? 0 : 1, 1, target);
        } else {
            check(value, place.bits(), target);
        }
        return value;
    }
}
