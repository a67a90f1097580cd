// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.Arithmetic;

/** Expressions of numbers alone become the number they are, so that the checks of numbers see them. */
final class Constants {
    private Constants() {}

    /** @param expression whose parts are folded already */
    static Expr folded(Expr expression) {
        if (expression instanceof Expr.Cast e && e.operand() instanceof Expr.Constant operand) {
            return like(e, Arithmetic.cut(e.bytes() * 8, e.signed(), operand.value()));
        } else if (expression instanceof Expr.Not e && e.operand() instanceof Expr.Constant operand) {
            return like(e, Arithmetic.truth(operand.value() == 0));
        } else if (expression instanceof Expr.Complement e && e.operand() instanceof Expr.Constant operand) {
            return like(e, ~operand.value());
        } else if (expression instanceof Expr.Binary e && e.left() instanceof Expr.Constant left
                && e.right() instanceof Expr.Constant right) {
            return like(e, Arithmetic.binary(e.operator(), left.value(), right.value(), e.asSigned()));
        } else if (expression instanceof Expr.Choice e && e.condition() instanceof Expr.Constant condition
                && (condition.value() != 0 ? e.then() : e.otherwise()) instanceof Expr.Constant chosen) {
            return like(e, chosen.value());
        }
        return expression;
    }

    private static Expr like(Expr expression, long value) {
        return new Expr.Constant(value, expression.signed(), expression.span());
    }
}
