// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.Arithmetic;

/** Expressions of numbers alone become the number they are, so that the checks of numbers see them; their parts come folded. */
final class Constants {
    private Constants() {}

    static Expr folded(Expr.Cast cast) {
        return cast.operand() instanceof Expr.Constant operand
                ? like(cast, Arithmetic.cut(cast.bytes() * 8, cast.signed(), operand.value())) : cast;
    }

    static Expr folded(Expr.Not not) {
        return not.operand() instanceof Expr.Constant operand ? like(not, Arithmetic.truth(operand.value() == 0)) : not;
    }

    static Expr folded(Expr.Complement complement) {
        return complement.operand() instanceof Expr.Constant operand ? like(complement, ~operand.value()) : complement;
    }

    static Expr folded(Expr.Binary binary) {
        return binary.left() instanceof Expr.Constant left && binary.right() instanceof Expr.Constant right
                ? like(binary, Arithmetic.binary(binary.operator(), left.value(), right.value(), binary.asSigned())) : binary;
    }

    static Expr folded(Expr.Choice choice) {
        return choice.condition() instanceof Expr.Constant condition
                && (condition.value() != 0 ? choice.then() : choice.otherwise()) instanceof Expr.Constant chosen
                        ? like(choice, chosen.value()) : choice;
    }

    private static Expr like(Expr expression, long value) {
        return new Expr.Constant(value, expression.signed(), expression.span());
    }
}
