// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.expression;

import dev.regsh.grammar.source.Node;
import dev.regsh.grammar.source.Span;

/** A value computed at each hit, over 64 bits. */
public sealed interface Expression extends Node {

    /** With the brackets it needs and no others. */
    @Override
    default String written() {
        return ExpressionWriter.write(this);
    }

    /** It names memory, which can be written. */
    default boolean isPlace() {
        return this instanceof Memory || this instanceof Field || this instanceof Index;
    }

    /** A number; sizes and other radixes are already multiplied out. */
    record Literal(long value, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLiteral(this);
        }
    }

    /** {@code -ENOMEM}: the negated errno of that name; {@code name} is without the minus. */
    record Errno(String name, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitErrno(this);
        }
    }

    /** A string literal with its escapes resolved; stands only beside a comparison with {@code str()} or {@code comm}. */
    record Text(String value, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitText(this);
        }
    }

    /**
     * A bare name: a register, a context name or a parameter, in this order.
     *
     * @param parameter written with a {@code $}: always the parameter
     */
    record Name(String name, boolean parameter, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitName(this);
        }
    }

    record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitUnary(this);
        }
    }

    record Binary(BinaryOperator operator, Expression left, Expression right, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitBinary(this);
        }
    }

    /** {@code condition ? then : otherwise}. */
    record Conditional(Expression condition, Expression then, Expression otherwise, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitConditional(this);
        }
    }

    /** {@code (s32)operand}. */
    record Cast(IntType type, Expression operand, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCast(this);
        }
    }

    /** {@code u32[address]} or {@code user u32[address]}. */
    record Memory(IntType type, boolean user, Expression address, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMemory(this);
        }
    }

    /** {@code base->name} ({@code arrow}) or {@code base.name}. */
    record Field(Expression base, boolean arrow, String name, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitField(this);
        }
    }

    /** {@code base[index]}: an element of an array field or of what a pointer points to. */
    record Index(Expression base, Expression index, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitIndex(this);
        }
    }

    /** {@code str(address)}: the NUL-terminated string at the address, in user memory with {@code user str(address)}. */
    record Str(boolean user, Expression address, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitStr(this);
        }
    }

    /** {@code hits NAME}: a counter of a live rule; stands only in {@code expect}. */
    record Counter(String counter, String rule, Span span) implements Expression {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCounter(this);
        }
    }

    <R> R accept(Visitor<R> visitor);

    /**
     * Answers for each kind of expression.
     *
     * @param <R> what is answered
     */
    interface Visitor<R> {
        R visitLiteral(Literal expression);

        R visitErrno(Errno expression);

        R visitText(Text expression);

        R visitName(Name expression);

        R visitUnary(Unary expression);

        R visitBinary(Binary expression);

        R visitConditional(Conditional expression);

        R visitCast(Cast expression);

        R visitMemory(Memory expression);

        R visitField(Field expression);

        R visitIndex(Index expression);

        R visitStr(Str expression);

        R visitCounter(Counter expression);
    }
}
