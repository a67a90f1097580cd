// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.expression;

/** What the operators mean on 64-bit values: as in C, but division by zero gives 0 and shifts take six bits. */
public final class Arithmetic {
    private Arithmetic() {}

    /** @param signed whether the operands compare, divide and shift as signed numbers */
    public static long binary(BinaryOperator operator, long left, long right, boolean signed) {
        return switch (operator) {
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? 0 : signed ? left / right : Long.divideUnsigned(left, right);
            case REMAINDER -> right == 0 ? left : signed ? left % right : Long.remainderUnsigned(left, right);
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> signed ? left >> right : left >>> right;
            case LESS -> truth(compare(left, right, signed) < 0);
            case LESS_EQUAL -> truth(compare(left, right, signed) <= 0);
            case GREATER -> truth(compare(left, right, signed) > 0);
            case GREATER_EQUAL -> truth(compare(left, right, signed) >= 0);
            case EQUAL -> truth(left == right);
            case NOT_EQUAL -> truth(left != right);
            case BIT_AND -> left & right;
            case BIT_XOR -> left ^ right;
            case BIT_OR -> left | right;
            case AND -> truth(left != 0 && right != 0);
            case OR -> truth(left != 0 || right != 0);
            case MATCH -> throw new IllegalStateException("strings only");
        };
    }

    /** The lowest bits of a value, extended by their signedness. */
    public static long cut(int bits, boolean signed, long value) {
        int shift = 64 - bits;
        return signed ? value << shift >> shift : value << shift >>> shift;
    }

    private static int compare(long left, long right, boolean signed) {
        return signed ? Long.compare(left, right) : Long.compareUnsigned(left, right);
    }

    public static long truth(boolean value) {
        return value ? 1 : 0;
    }
}
