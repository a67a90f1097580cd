// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.base.text.Listing;
import dev.regsh.base.text.Nearest;
import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Names;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeText;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.expression.IntType;
import dev.regsh.grammar.source.Span;
import java.util.List;
import java.util.Optional;

/** Types what stands in memory: {@code u32[a]}, {@code sb->s_flags}, {@code path[2]}. */
final class PlaceTyper {
    private static final int MOST_FIELDS = 12;

    private final Scope scope;
    private final ExpressionTyper values;
    private final Names names;
    private final ByValueTyper byValue;

    PlaceTyper(Scope scope, Names names, ExpressionTyper values, ByValueTyper byValue) {
        this.scope = scope;
        this.names = names;
        this.values = values;
        this.byValue = byValue;
    }

    /** Part of a value that registers carry, on the way to a part of that. */
    private record Carried(Binding.ByValue whole, Type type, long bit, int width) {}

    /** The number that registers carry as part of a value; empty: the expression is none. */
    Optional<Typed> carried(Expression expression) {
        Optional<Carried> found = part(expression);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String label = expression.written();
        Type type = found.get().type();
        return Optional.of(new Typed(byValue.part(found.get().whole(), type, found.get().bit(), found.get().width(), label,
                expression.span()), type));
    }

    private Optional<Carried> part(Expression expression) {
        if (expression instanceof Expression.Name name) {
            return names.find(name.name(), name.parameter(), name.span()) instanceof Binding.ByValue value
                    && value.passing() instanceof Passing.InRegisters
                            ? Optional.of(new Carried(value, value.type(), 0, 0)) : Optional.empty();
        } else if (expression instanceof Expression.Field field) {
            Carried base = part(field.base()).orElse(null);
            if (base == null || !(base.type() instanceof Type.Struct struct)) {
                return Optional.empty();
            }
            checkDot(field, struct);
            Type.Member member = member(struct, field);
            return Optional.of(new Carried(base.whole(), member.type(), base.bit() + member.bitOffset(), member.bitWidth()));
        } else if (expression instanceof Expression.Index index) {
            Carried base = part(index.base()).orElse(null);
            if (base == null || !(base.type() instanceof Type.Array array)) {
                return Optional.empty();
            }
            if (!(values.value(index.index()).expr() instanceof Expr.Constant constant)) {
                throw Errors.at(index.index().span(), index.base().written()
                        + " is carried by registers: which one an index means must be known beforehand", "write a number");
            }
            checkIndex(constant, array, index.base().written(), index);
            Type element = array.element().get();
            return Optional.of(new Carried(base.whole(), element, base.bit() + constant.value() * element.size() * 8, 0));
        }
        return Optional.empty();
    }

    /** The place an expression names, to be written. */
    Spot written(Expression expression) {
        if (part(expression).isPresent()) {
            throw Errors.at(expression.span(), expression.written() + " is in a register, not in memory",
                    "set REGISTER=VALUE; info FUNCTION shows which");
        }
        return spot(expression).orElseThrow();
    }

    /** Empty: the expression is no place but a value. */
    Optional<Spot> spot(Expression expression) {
        if (expression instanceof Expression.Name name) {
            return names.find(name.name(), name.parameter(), name.span()) instanceof Binding.ByValue value
                    ? byValue.spot(value, name.span()) : Optional.empty();
        } else if (part(expression).isPresent()) {
            return Optional.empty();
        } else if (expression instanceof Expression.Memory memory) {
            return Optional.of(new Spot(inUserSpace(memory.user()), values.value(memory.address()).expr(), 0, 0, type(memory.type()),
                    memory.span()));
        } else if (expression instanceof Expression.Field field) {
            return Optional.of(field(field));
        } else if (expression instanceof Expression.Index index) {
            return Optional.of(index(index));
        }
        return Optional.empty();
    }

    /** In a user program's rule nobody means the kernel's memory. */
    boolean inUserSpace(boolean written) {
        return written || scope.user();
    }

    private static Type type(IntType type) {
        return new Type.Int(type.keyword(), type.bytes(), type.signed(), false);
    }

    private Spot field(Expression.Field field) {
        String label = field.base().written();
        Optional<Spot> base = spot(field.base());
        if (base.isPresent() && base.get().type() instanceof Type.Struct struct) {
            checkDot(field, struct);
            Type.Member member = member(struct, field);
            return base.get().part(member.type(), member.bitOffset(), member.bitWidth(), field.span());
        }
        Typed pointer = base.isPresent() ? values.load(base.get(), label) : values.value(field.base());
        if (!(pointer.type() instanceof Type.Pointer type)) {
            throw Errors.at(field.base().span(), label + (pointer.type() == null ? " has no type of its own, so no fields"
                    : " is a " + TypeText.of(pointer.type()) + ", which has no fields"), "read memory by address: u32["
                    + label + "+8]");
        }
        if (!(type.target().get() instanceof Type.Struct struct)) {
            throw Errors.at(field.base().span(), label + " is a " + TypeText.of(type) + ", which has no fields",
                    type.target().get() instanceof Type.Void ? "read memory by address: u32[" + label + "+8]"
                            : "write " + label + "[0]");
        }
        if (!field.arrow()) {
            throw Errors.at(field.span(), label + " is a pointer", "write " + label + "->" + field.name());
        }
        Type.Member member = member(struct, field);
        return new Spot(false, pointer.expr(), 0, 0, struct, field.base().span()).part(member.type(), member.bitOffset(),
                member.bitWidth(), field.span());
    }

    private static void checkDot(Expression.Field field, Type.Struct struct) {
        if (field.arrow()) {
            String label = field.base().written();
            throw Errors.at(field.span(), label + " is a " + TypeText.of(struct) + ", no pointer", "write " + label + "."
                    + field.name());
        }
    }

    private static Type.Member member(Type.Struct struct, Expression.Field field) {
        List<Type.Member> fields = struct.fields();
        for (Type.Member member : fields) {
            if (member.name().equals(field.name())) {
                return member;
            }
        }
        if (fields.isEmpty()) {
            throw Errors.at(field.span(), "the kernel's BTF does not say what " + TypeText.of(struct) + " holds",
                    "read memory by address: u32[" + field.base().written() + "+8]");
        }
        List<String> names = fields.stream().map(Type.Member::name).toList();
        List<String> near = Nearest.of(field.name(), names, 4);
        throw Errors.at(field.span(), TypeText.of(struct) + " has no field '" + field.name() + "'", near.isEmpty()
                ? "it has " + Listing.some(names, MOST_FIELDS, ", ")
                : Errors.didYouMean(near));
    }

    private Spot index(Expression.Index index) {
        String label = index.base().written();
        Expr number = values.value(index.index()).expr();
        Optional<Spot> base = spot(index.base());
        if (base.isPresent() && base.get().type() instanceof Type.Array array) {
            if (number instanceof Expr.Constant constant && array.length() > 0) {
                checkIndex(constant, array, label, index);
            }
            return element(base.get(), array.element().get(), number, label, index.span());
        }
        Typed pointer = base.isPresent() ? values.load(base.get(), label) : values.value(index.base());
        if (!(pointer.type() instanceof Type.Pointer type)) {
            throw Errors.at(index.base().span(), label + " is neither an array nor a pointer with a type",
                    "read memory by address: u32[" + label + "+8]");
        }
        Spot start = new Spot(false, pointer.expr(), 0, 0, type.target().get(), index.base().span());
        return element(start, type.target().get(), number, label, index.span());
    }

    private static void checkIndex(Expr.Constant number, Type.Array array, String label, Expression.Index index) {
        if (number.value() < 0 || number.value() >= array.length()) {
            throw Errors.at(index.index().span(), label + " has " + array.length() + " elements, [0] to ["
                    + (array.length() - 1) + "]");
        }
    }

    private static Spot element(Spot base, Type element, Expr number, String label, Span span) {
        long size = element.size();
        if (size == 0) {
            throw Errors.at(span, "the elements of " + label + " have no known size: it points to " + TypeText.of(element),
                    "read memory by address: u32[" + label + "+8]");
        }
        if (number instanceof Expr.Constant constant) {
            return base.element(element, constant, size, span);
        }
        Expr bytes = new Expr.Binary(BinaryOperator.MULTIPLY, false, number, new Expr.Constant(size, true, span), span);
        Expr address = new Expr.Binary(BinaryOperator.ADD, false, base.address(), bytes, span);
        return new Spot(base.user(), address, base.bitOffset(), 0, element, span);
    }
}
