// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.base.errno.Errno;
import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Names;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Types expressions: names become what they mean, values get their signedness from BTF. Raw registers are unsigned, literals
 * signed; an operation is signed if both its sides are, a shift if its left side is.
 */
public final class ExpressionTyper {
    private final Names names;
    private final CarriedTyper carried;
    private final PlaceTyper places;
    private final ByValueTyper byValue;
    private final Kinds kinds = new Kinds();

    public ExpressionTyper(Scope scope) {
        names = new Names(scope);
        byValue = new ByValueTyper(scope);
        carried = new CarriedTyper(names, this, byValue);
        places = new PlaceTyper(scope, names, this, byValue, carried);
    }

    /** The typed form of an expression that stands for a number. */
    public Expr number(Expression expression) {
        return value(expression).expr();
    }

    Typed value(Expression expression) {
        return expression.accept(kinds);
    }

    /** What registers carry of a value by part, or what is loaded from memory. */
    private Typed place(Expression expression) {
        return carried.number(expression).orElseGet(() -> load(places.spot(expression).orElseThrow(), expression.written()));
    }

    private final class Kinds implements Expression.Visitor<Typed> {
        @Override
        public Typed visitLiteral(Expression.Literal literal) {
            // What needs all 64 bits was not written as a negative number.
            return new Typed(new Expr.Constant(literal.value(), literal.value() >= 0, literal.span()), null);
        }

        @Override
        public Typed visitErrno(Expression.Errno errno) {
            return new Typed(new Expr.Constant(-Errno.number(errno.name()).orElseThrow(), true, errno.span()), null);
        }

        @Override
        public Typed visitName(Expression.Name name) {
            return names.find(name.name(), name.parameter(), name.span()).accept(new Meanings(name.span()));
        }

        @Override
        public Typed visitUnary(Expression.Unary unary) {
            return new Typed(unary(unary), null);
        }

        @Override
        public Typed visitBinary(Expression.Binary binary) {
            return new Typed(binary(binary), null);
        }

        @Override
        public Typed visitConditional(Expression.Conditional choice) {
            return new Typed(Constants.folded(new Expr.Choice(number(choice.condition()), number(choice.then()),
                    number(choice.otherwise()), choice.span())), null);
        }

        @Override
        public Typed visitCast(Expression.Cast cast) {
            return new Typed(Constants.folded(new Expr.Cast(cast.type().bytes(), cast.type().signed(),
                    number(cast.operand()), cast.span())), null);
        }

        @Override
        public Typed visitText(Expression.Text text) {
            throw Errors.at(text.span(), "a number is wanted, and this is a string", "strings are compared: comm == \"cat\"");
        }

        @Override
        public Typed visitStr(Expression.Str str) {
            throw Errors.at(str.span(), "str() is a string", "compare it: " + str.written() + " == \"name\"");
        }

        @Override
        public Typed visitCounter(Expression.Counter counter) {
            throw Errors.at(counter.span(), "the counters of a rule can be asked by expect only",
                    "hits alone is this rule's own count");
        }

        @Override
        public Typed visitMemory(Expression.Memory memory) {
            return place(memory);
        }

        @Override
        public Typed visitField(Expression.Field field) {
            return place(field);
        }

        @Override
        public Typed visitIndex(Expression.Index index) {
            return place(index);
        }
    }

    /** The values of names. */
    private final class Meanings implements Binding.Visitor<Typed> {
        private final Span span;

        Meanings(Span span) {
            this.span = span;
        }

        @Override
        public Typed visitOfRegister(Binding.OfRegister binding) {
            return new Typed(new Expr.RegisterValue(binding.register(), span), null);
        }

        @Override
        public Typed visitOfContext(Binding.OfContext binding) {
            return new Typed(new Expr.Context(binding.name(), span), null);
        }

        @Override
        public Typed visitComm(Binding.Comm binding) {
            throw Errors.at(span, "comm is a string", "compare it: comm == \"cat\"");
        }

        @Override
        public Typed visitParameter(Binding.Parameter parameter) {
            return typed(parameter.atReturn() ? new Expr.EntryValue(parameter.register(), span)
                    : new Expr.RegisterValue(parameter.register(), span), parameter.type());
        }

        @Override
        public Typed visitResult(Binding.Result result) {
            return typed(new Expr.RegisterValue(result.register(), span), result.type());
        }

        @Override
        public Typed visitByValue(Binding.ByValue value) {
            return byValue.number(value, span);
        }
    }

    /** The place an expression names, to be written. */
    Spot written(Expression expression) {
        return places.written(expression);
    }

    /** An array stands for its address, as in C. */
    Typed load(Spot spot, String label) {
        if (spot.type() instanceof Type.Array array) {
            return new Typed(spot.addressOf(), new Type.Pointer(array.element()));
        }
        return new Typed(new Expr.Load(spot.place(label)), spot.type());
    }

    /** The string an expression stands for where a string may stand; empty: it stands for a number. */
    Optional<StringSource> string(Expression expression) {
        if (expression instanceof Expression.Str str) {
            return Optional.of(new StringSource.Memory(places.inUserSpace(str.user()), number(str.address()), str.written()));
        }
        boolean comm = expression instanceof Expression.Name name
                && names.find(name.name(), name.parameter(), name.span()) instanceof Binding.Comm;
        return comm ? Optional.of(new StringSource.Comm()) : Optional.empty();
    }

    private static Typed typed(Expr raw, Type type) {
        return type == null ? new Typed(raw, null)
                : new Typed(ByValueTyper.bits(raw, 0, (int) type.size() * 8, type.signed(), raw.span()), type);
    }

    private Expr unary(Expression.Unary unary) {
        Expr operand = number(unary.operand());
        return switch (unary.operator()) {
            case PLUS -> operand;
            case NOT -> Constants.folded(new Expr.Not(operand, unary.span()));
            case COMPLEMENT -> Constants.folded(new Expr.Complement(operand, unary.span()));
            case NEGATE -> operand instanceof Expr.Constant constant
                    ? new Expr.Constant(-constant.value(), true, unary.span()) : new Expr.Negate(operand, unary.span());
        };
    }

    private Expr binary(Expression.Binary binary) {
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
        Expr left = number(binary.left());
        Expr right = number(binary.right());
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
        StringSource source = string(other).orElseThrow(() -> Errors.at(other.span(), other.written()
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
