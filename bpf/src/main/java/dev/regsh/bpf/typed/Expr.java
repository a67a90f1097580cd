// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

import dev.regsh.bpf.register.Register;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.source.Span;
import java.util.List;
import java.util.stream.Stream;

/**
 * An expression whose names are resolved and whose signedness is known. Every value is 64 bits wide, narrower ones extended
 * by their own signedness; {@link dev.regsh.grammar.expression.Arithmetic} tells what the operators mean.
 */
public sealed interface Expr {
    /** What is done with each kind of expression. */
    interface Visitor<R> {
        R visitConstant(Constant expression);

        R visitRegisterValue(RegisterValue expression);

        R visitContext(Context expression);

        R visitEntryValue(EntryValue expression);

        R visitCast(Cast expression);

        R visitNegate(Negate expression);

        R visitComplement(Complement expression);

        R visitNot(Not expression);

        R visitBinary(Binary expression);

        R visitChoice(Choice expression);

        R visitLoad(Load expression);

        R visitStringTest(StringTest expression);
    }

    <R> R accept(Visitor<R> visitor);

    Span span();

    /** Whether the value compares, divides, shifts right and prints as a signed number. */
    boolean signed();

    /** What it is made of; the operands of a memory access are those of its address. */
    default List<Expr> operands() {
        return List.of();
    }

    /** It and everything that it is made of. */
    default Stream<Expr> all() {
        return Stream.concat(Stream.of(this), operands().stream().flatMap(Expr::all));
    }

    /** It is the same at every hit. */
    default boolean constant() {
        return operands().stream().allMatch(Expr::constant);
    }

    /** It asks for memory, which may fail. */
    default boolean reads() {
        return operands().stream().anyMatch(Expr::reads);
    }

    /** The values it can have, as far as the widths of what is read, casts and truth values tell; 64 bits for everything else. */
    default Range range() {
        return new Range(64, signed());
    }

    record Constant(long value, boolean signed, Span span) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitConstant(this);
        }
    }

    /** A register or a part of one as it is at the probe, zero-extended. */
    record RegisterValue(Register register, Span span) implements Expr {
        @Override
        public boolean signed() {
            return false;
        }

        @Override
        public boolean constant() {
            return false;
        }

        @Override
        public Range range() {
            return new Range(register.bits(), false);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitRegisterValue(this);
        }
    }

    record Context(ContextName name, Span span) implements Expr {
        @Override
        public boolean signed() {
            return false;
        }

        @Override
        public boolean constant() {
            return false;
        }

        @Override
        public Range range() {
            return new Range(name.bytes() * 8, false);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitContext(this);
        }
    }

    /** What a whole register held when the function was entered, at its return. */
    record EntryValue(Register register, Span span) implements Expr {
        @Override
        public boolean signed() {
            return false;
        }

        @Override
        public boolean constant() {
            return false;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitEntryValue(this);
        }
    }

    /** A value cut to so many bytes and extended again. */
    record Cast(int bytes, boolean signed, Expr operand, Span span) implements Expr {
        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public Range range() {
            return new Range(bytes * 8, signed);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCast(this);
        }
    }

    record Negate(Expr operand, Span span) implements Expr {
        @Override
        public boolean signed() {
            return operand.signed();
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitNegate(this);
        }
    }

    record Complement(Expr operand, Span span) implements Expr {
        @Override
        public boolean signed() {
            return operand.signed();
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitComplement(this);
        }
    }

    /** 1 where the operand is 0, else 0. */
    record Not(Expr operand, Span span) implements Expr {
        @Override
        public boolean signed() {
            return true;
        }

        @Override
        public List<Expr> operands() {
            return List.of(operand);
        }

        @Override
        public Range range() {
            return Range.TRUTH;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitNot(this);
        }
    }

    /** @param asSigned how the operands are taken; comparisons and AND, OR give a signed 0 or 1 */
    record Binary(BinaryOperator operator, boolean asSigned, Expr left, Expr right, Span span) implements Expr {
        @Override
        public boolean signed() {
            return asSigned || isTruth();
        }

        /** It is 0 or 1. */
        public boolean isTruth() {
            return operator.precedence() <= BinaryOperator.AND.precedence()
                    || (operator.precedence() >= BinaryOperator.EQUAL.precedence()
                            && operator.precedence() <= BinaryOperator.LESS.precedence());
        }

        @Override
        public List<Expr> operands() {
            return List.of(left, right);
        }

        @Override
        public Range range() {
            return isTruth() ? Range.TRUTH : new Range(64, signed());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitBinary(this);
        }
    }

    record Choice(Expr condition, Expr then, Expr otherwise, Span span) implements Expr {
        @Override
        public boolean signed() {
            return then.signed() && otherwise.signed();
        }

        @Override
        public List<Expr> operands() {
            return List.of(condition, then, otherwise);
        }

        @Override
        public Range range() {
            return then.range().equals(otherwise.range()) ? then.range() : new Range(64, signed());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitChoice(this);
        }
    }

    /** What stands in memory; unreadable memory ends the rule. */
    record Load(MemoryOperand place) implements Expr {
        @Override
        public Span span() {
            return place.span();
        }

        @Override
        public boolean signed() {
            return place.signed();
        }

        @Override
        public List<Expr> operands() {
            return List.of(place.address());
        }

        @Override
        public boolean constant() {
            return false;
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public Range range() {
            return new Range(place.bits(), signed());
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLoad(this);
        }
    }

    /**
     * A comparison of a string: 1 or 0.
     *
     * @param glob {@code text} is a glob of {@code *} and {@code ?}
     * @param negated the other way round
     */
    record StringTest(StringSource source, String text, boolean glob, boolean negated, Span span) implements Expr {
        @Override
        public boolean signed() {
            return true;
        }

        @Override
        public List<Expr> operands() {
            return source.operands();
        }

        @Override
        public boolean constant() {
            return false;
        }

        @Override
        public boolean reads() {
            return source.reads();
        }

        @Override
        public Range range() {
            return Range.TRUTH;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitStringTest(this);
        }
    }
}
