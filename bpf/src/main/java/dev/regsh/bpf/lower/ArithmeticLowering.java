// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.grammar.expression.Arithmetic;
import dev.regsh.grammar.expression.BinaryOperator;

/** Operators on 64-bit values; two constants are folded. */
final class ArithmeticLowering {
    private static final int LAST_BIT = 63;

    private final CodeBuilder code;

    ArithmeticLowering(CodeBuilder code) {
        this.code = code;
    }

    /** @param left changed, if it is no constant; {@code right} too */
    Value binary(BinaryOperator operator, boolean signed, Value left, Value right) {
        if (left.isConstant() && right.isConstant()) {
            return Value.of(Arithmetic.binary(operator, left.constant(), right.constant(), signed));
        }
        return switch (operator) {
            case SHIFT_LEFT, SHIFT_RIGHT -> shift(alu(operator, signed), left, right);
            case DIVIDE, REMAINDER -> division(operator, signed, left, right);
            default -> {
                Value result = code.numbered(left);
                code.alu(result, alu(operator, signed), right);
                yield result;
            }
        };
    }

    private Value shift(Alu operation, Value left, Value right) {
        Value result = code.numbered(left);
        if (right.isConstant()) {
            code.alu(result, operation, right.constant() & LAST_BIT);
        } else {
            code.alu(right, Alu.AND, LAST_BIT);
            code.alu(result, operation, right);
        }
        return result;
    }

    private Value division(BinaryOperator operator, boolean signed, Value left, Value right) {
        Value result = code.numbered(left);
        if (signed) {
            signedDivision(operator == BinaryOperator.DIVIDE, result, code.numbered(right));
        } else {
            // The verifier refuses a division by a constant 0; a register that holds it divides as eBPF says.
            boolean zero = right.isConstant() && right.constant() == 0;
            code.alu(result, alu(operator, false), zero ? code.numbered(right) : right);
        }
        return result;
    }

    /** BPF divides unsigned only: divide the magnitudes, then give the sign; x / 0 stays 0 and x % 0 stays x. */
    private void signedDivision(boolean quotient, Value dividend, Value divisor) {
        Value sign = code.copy(dividend);
        if (quotient) {
            code.alu(sign, Alu.XOR, divisor);
        }
        negateIfNegative(dividend, dividend);
        negateIfNegative(divisor, divisor);
        code.alu(dividend, quotient ? Alu.DIV : Alu.MOD, divisor);
        negateIfNegative(sign, dividend);
    }

    private void negateIfNegative(Value sign, Value value) {
        code.when(sign, Condition.SLT, 0, () -> code.negate(value));
    }

    private static Alu alu(BinaryOperator operator, boolean signed) {
        return switch (operator) {
            case MULTIPLY -> Alu.MUL;
            case DIVIDE -> Alu.DIV;
            case REMAINDER -> Alu.MOD;
            case ADD -> Alu.ADD;
            case SUBTRACT -> Alu.SUB;
            case SHIFT_LEFT -> Alu.LSH;
            case SHIFT_RIGHT -> signed ? Alu.ARSH : Alu.RSH;
            case BIT_AND -> Alu.AND;
            case BIT_XOR -> Alu.XOR;
            case BIT_OR -> Alu.OR;
            default -> throw new IllegalStateException(operator.symbol());
        };
    }
}
