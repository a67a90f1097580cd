// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.expression.Expression;
import java.nio.charset.StandardCharsets;

/** Types operations: one is signed if both its sides are, a shift if its left side is. */
final class OperatorTyper {
    private final ExpressionTyper values;

    OperatorTyper(ExpressionTyper values) {
        this.values = values;
    }

    Expr unary(Expression.Unary unary) {
        Expr operand = values.number(unary.operand());
        return switch (unary.operator()) {
            case PLUS -> operand;
            case NOT -> Constants.folded(new Expr.Not(operand, unary.span()));
            case COMPLEMENT -> Constants.folded(new Expr.Complement(operand, unary.span()));
            case NEGATE -> operand instanceof Expr.Constant constant
                    ? new Expr.Constant(-constant.value(), true, unary.span()) : new Expr.Negate(operand, unary.span());
        };
    }

    Expr binary(Expression.Binary binary) {
        if (binary.right() instanceof Expression.Text text) {
            return strings(binary, binary.left(), text);
        }
        if (binary.left() instanceof Expression.Text text) {
            return strings(binary, binary.right(), text);
        }
        BinaryOperator operator = binary.operator();
        if (operator == BinaryOperator.MATCH) {
            throw Errors.at(binary.span(), "~ compares a string with a glob", "comm ~ \"nginx*\"");
        }
        Expr left = values.number(binary.left());
        Expr right = values.number(binary.right());
        boolean shift = operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
        if (operator.precedence() >= BinaryOperator.EQUAL.precedence()
                && operator.precedence() <= BinaryOperator.LESS.precedence()) {
            Comparisons.check(binary, left, right);
        }
        return Constants.folded(new Expr.Binary(operator, left.signed() && (shift || right.signed()), left, right,
                binary.span()));
    }

    private Expr strings(Expression.Binary binary, Expression other, Expression.Text text) {
        BinaryOperator operator = binary.operator();
        if (operator != BinaryOperator.EQUAL && operator != BinaryOperator.NOT_EQUAL && operator != BinaryOperator.MATCH) {
            throw Errors.at(binary.span(), "strings compare with == != and ~", "comm == \"cat\"");
        }
        if (operator == BinaryOperator.MATCH && binary.left() == text) {
            throw Errors.at(text.span(), "a glob stands on the right of ~", "comm ~ \"nginx*\"");
        }
        StringSource source = values.string(other).orElseThrow(() -> Errors.at(other.span(), other.written()
                + " is a number, no string", "the string at an address is str(" + other.written() + ")"));
        int length = text.value().getBytes(StandardCharsets.UTF_8).length;
        if (length > source.most() && operator != BinaryOperator.MATCH) {
            throw Errors.at(text.span(), (source instanceof StringSource.Comm ? "a comm has at most "
                    : "strings compare up to ")
                    + source.most() + " bytes, this has " + length,
                    "the kernel cuts longer names; compare the beginning: ~ \"abc*\"");
        }
        return new Expr.StringTest(source, text.value(), operator == BinaryOperator.MATCH,
                operator == BinaryOperator.NOT_EQUAL, binary.span());
    }
}
