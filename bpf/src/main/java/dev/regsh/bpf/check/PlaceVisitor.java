// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.grammar.expression.Expression;

/** Answers for expressions that can name a place, each kind, and for all others alike. */
abstract class PlaceVisitor<R> implements Expression.Visitor<R> {
    /** Of an expression that names no place. */
    abstract R visitValue(Expression expression);

    @Override
    public R visitLiteral(Expression.Literal expression) {
        return visitValue(expression);
    }

    @Override
    public R visitErrno(Expression.Errno expression) {
        return visitValue(expression);
    }

    @Override
    public R visitText(Expression.Text expression) {
        return visitValue(expression);
    }

    @Override
    public R visitUnary(Expression.Unary expression) {
        return visitValue(expression);
    }

    @Override
    public R visitBinary(Expression.Binary expression) {
        return visitValue(expression);
    }

    @Override
    public R visitConditional(Expression.Conditional expression) {
        return visitValue(expression);
    }

    @Override
    public R visitCast(Expression.Cast expression) {
        return visitValue(expression);
    }

    @Override
    public R visitStr(Expression.Str expression) {
        return visitValue(expression);
    }

    @Override
    public R visitCounter(Expression.Counter expression) {
        return visitValue(expression);
    }
}
