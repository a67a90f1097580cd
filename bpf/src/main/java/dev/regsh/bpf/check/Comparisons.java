// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.Range;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;

/** Refuses comparisons with a number that the other side can never reach: they are slips about signs and widths. */
final class Comparisons {
    private Comparisons() {}

    static void check(Expression.Binary written, Expr left, Expr right) {
        boolean leftKnown = left instanceof Expr.Constant;
        boolean rightKnown = right instanceof Expr.Constant;
        if (right instanceof Expr.Constant constant && !leftKnown) {
            check(written.operator(), written.left(), left, constant, written.span());
        }
        if (left instanceof Expr.Constant constant && !rightKnown) {
            check(mirrored(written.operator()), written.right(), right, constant, written.span());
        }
    }

    /** The comparison with its sides exchanged. */
    private static BinaryOperator mirrored(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> BinaryOperator.GREATER;
            case LESS_EQUAL -> BinaryOperator.GREATER_EQUAL;
            case GREATER -> BinaryOperator.LESS;
            case GREATER_EQUAL -> BinaryOperator.LESS_EQUAL;
            default -> operator;
        };
    }

    private static void check(BinaryOperator operator, Expression written, Expr value, Expr.Constant constant, Span span) {
        Range range = value.range();
        boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
        boolean atZero = !range.signed() && constant.value() == 0
                && (operator == BinaryOperator.LESS || operator == BinaryOperator.GREATER_EQUAL);
        // All 64 bits compare as they are, whatever their sign.
        boolean same = equality && range.bits() == 64;
        if (!atZero && (same || range.contains(constant))) {
            return;
        }
        String label = written.written();
        String shown = constant.signed() ? Long.toString(constant.value()) : Long.toUnsignedString(constant.value());
        String message = atZero ? label + " is unsigned: it is never below 0"
                : label + " is a number from " + range + ": comparing it with " + shown + " tells nothing";
        boolean simple = written instanceof Expression.Name || written instanceof Expression.Field
                || written instanceof Expression.Memory || written instanceof Expression.Index;
        String cast = "(" + (range.signed() ? "u" : "s") + Math.max(8, range.bits()) + ")"
                + (simple ? label : "(" + label + ")");
        Range other = new Range(range.bits(), !range.signed());
        boolean bound = (operator == BinaryOperator.GREATER && constant.value() == other.most())
                || (operator == BinaryOperator.LESS && constant.value() == other.least());
        boolean helps = Integer.bitCount(range.bits()) == 1 && range.bits() >= 8 && other.contains(constant) && !bound;
        throw Errors.at(span, message, helps ? "write " + cast + " " + operator.symbol() + " " + shown : "");
    }
}
