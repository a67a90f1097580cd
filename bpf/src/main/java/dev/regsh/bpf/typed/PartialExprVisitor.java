// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

/** A visitor for whom the kinds of expressions that it does not name are alike. */
public interface PartialExprVisitor<R> extends Expr.Visitor<R> {
    R other(Expr expression);

    @Override
    default R visitConstant(Expr.Constant expression) {
        return other(expression);
    }

    @Override
    default R visitRegisterValue(Expr.RegisterValue expression) {
        return other(expression);
    }

    @Override
    default R visitContext(Expr.Context expression) {
        return other(expression);
    }

    @Override
    default R visitEntryValue(Expr.EntryValue expression) {
        return other(expression);
    }

    @Override
    default R visitCast(Expr.Cast expression) {
        return other(expression);
    }

    @Override
    default R visitNegate(Expr.Negate expression) {
        return other(expression);
    }

    @Override
    default R visitComplement(Expr.Complement expression) {
        return other(expression);
    }

    @Override
    default R visitNot(Expr.Not expression) {
        return other(expression);
    }

    @Override
    default R visitBinary(Expr.Binary expression) {
        return other(expression);
    }

    @Override
    default R visitChoice(Expr.Choice expression) {
        return other(expression);
    }

    @Override
    default R visitLoad(Expr.Load expression) {
        return other(expression);
    }

    @Override
    default R visitStringTest(Expr.StringTest expression) {
        return other(expression);
    }
}
