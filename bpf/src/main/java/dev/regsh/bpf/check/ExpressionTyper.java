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
import dev.regsh.grammar.expression.Expression;
import java.util.Optional;

/**
 * Types expressions: names become what they mean, values get their signedness from BTF. Raw registers are unsigned, literals
 * signed.
 */
public final class ExpressionTyper {
    private final Names names;
    private final CarriedTyper carried;
    private final PlaceTyper places;
    private final ByValueTyper byValue;
    private final OperatorTyper operators = new OperatorTyper(this);
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
            return Typed.bare(new Expr.Constant(literal.value(), literal.value() >= 0, literal.span()));
        }

        @Override
        public Typed visitErrno(Expression.Errno errno) {
            return Typed.bare(new Expr.Constant(-Errno.number(errno.name()).orElseThrow(), true, errno.span()));
        }

        @Override
        public Typed visitName(Expression.Name name) {
            return names.find(name.name(), name.parameter(), name.span()).accept(new NameTyper(byValue, name.span()));
        }

        @Override
        public Typed visitUnary(Expression.Unary unary) {
            return Typed.bare(operators.unary(unary));
        }

        @Override
        public Typed visitBinary(Expression.Binary binary) {
            return Typed.bare(operators.binary(binary));
        }

        @Override
        public Typed visitConditional(Expression.Conditional choice) {
            return Typed.bare(Constants.folded(new Expr.Choice(number(choice.condition()), number(choice.then()),
                    number(choice.otherwise()), choice.span())));
        }

        @Override
        public Typed visitCast(Expression.Cast cast) {
            return Typed.bare(Constants.folded(new Expr.Cast(cast.type().bytes(), cast.type().signed(),
                    number(cast.operand()), cast.span())));
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

    /** The place an expression names, to be written. */
    Spot written(Expression expression) {
        return places.written(expression);
    }

    /** An array stands for its address, as in C. */
    Typed load(Spot spot, String label) {
        if (spot.type() instanceof Type.Array array) {
            return Typed.of(spot.addressOf(), new Type.Pointer(array.element()));
        }
        return Typed.of(new Expr.Load(spot.place(label)), spot.type());
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
}
