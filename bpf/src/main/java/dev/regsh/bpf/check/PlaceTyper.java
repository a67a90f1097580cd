// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.Types;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.ast.BinaryOperator;
import dev.regsh.grammar.ast.Expression;
import dev.regsh.grammar.ast.IntType;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Nearest;
import dev.regsh.grammar.format.Formatter;
import java.util.List;
import java.util.Optional;

/** Types what stands in memory: {@code u32[a]}, {@code sb->s_flags}, {@code path[2]}. */
final class PlaceTyper {
    private static final int MOST_FIELDS = 12;

    private final Scope scope;
    private final ExpressionTyper values;

    PlaceTyper(Scope scope, ExpressionTyper values) {
        this.scope = scope;
        this.values = values;
    }

    /** Empty: the expression is no place but a value. */
    Optional<Spot> spot(Expression expression) {
        if (expression instanceof Expression.Memory memory) {
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
        String label = Formatter.format(field.base());
        Optional<Spot> base = spot(field.base());
        if (base.isPresent() && base.get().type() instanceof Type.Struct struct) {
            if (field.arrow()) {
                throw Errors.at(field.span(), label + " is a " + Types.show(struct) + ", no pointer", "write " + label + "."
                        + field.name());
            }
            return member(base.get(), struct, field);
        }
        Typed pointer = base.isPresent() ? values.load(base.get(), label) : values.value(field.base());
        if (!(pointer.type() instanceof Type.Pointer type)) {
            throw Errors.at(field.base().span(), label + (pointer.type() == null ? " has no type of its own, so no fields"
                    : " is a " + Types.show(pointer.type()) + ", which has no fields"), "read memory by address: u32["
                    + label + "+8]");
        }
        if (!(type.target().get() instanceof Type.Struct struct)) {
            throw Errors.at(field.base().span(), label + " is a " + Types.show(type) + ", which has no fields",
                    type.target().get() instanceof Type.Void ? "read memory by address: u32[" + label + "+8]"
                            : "write " + label + "[0]");
        }
        if (!field.arrow()) {
            throw Errors.at(field.span(), label + " is a pointer", "write " + label + "->" + field.name());
        }
        return member(new Spot(false, pointer.expr(), 0, 0, struct, field.base().span()), struct, field);
    }

    private static Spot member(Spot base, Type.Struct struct, Expression.Field field) {
        List<Type.Member> fields = Types.fields(struct);
        for (Type.Member member : fields) {
            if (member.name().equals(field.name())) {
                return base.part(member.type(), member.bitOffset(), member.bitWidth(), field.span());
            }
        }
        if (fields.isEmpty()) {
            throw Errors.at(field.span(), "the kernel's BTF does not say what " + Types.show(struct) + " holds",
                    "read memory by address: u32[" + Formatter.format(field.base()) + "+8]");
        }
        List<String> names = fields.stream().map(Type.Member::name).toList();
        List<String> near = Nearest.of(field.name(), names, 4);
        throw Errors.at(field.span(), Types.show(struct) + " has no field '" + field.name() + "'", near.isEmpty()
                ? "it has " + String.join(", ", names.subList(0, Math.min(MOST_FIELDS, names.size())))
                        + (names.size() > MOST_FIELDS ? " and " + (names.size() - MOST_FIELDS) + " more" : "")
                : Errors.didYouMean(near));
    }

    private Spot index(Expression.Index index) {
        String label = Formatter.format(index.base());
        Expr number = values.value(index.index()).expr();
        Optional<Spot> base = spot(index.base());
        if (base.isPresent() && base.get().type() instanceof Type.Array array) {
            if (number instanceof Expr.Constant constant && array.length() > 0
                    && (constant.value() < 0 || constant.value() >= array.length())) {
                throw Errors.at(index.index().span(), label + " has " + array.length() + " elements, [0] to ["
                        + (array.length() - 1) + "]");
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

    private static Spot element(Spot base, Type element, Expr number, String label, Span span) {
        long size = Types.size(element);
        if (size == 0) {
            throw Errors.at(span, "the elements of " + label + " have no known size: it points to " + Types.show(element),
                    "read memory by address: u32[" + label + "+8]");
        }
        if (number instanceof Expr.Constant constant) {
            return base.part(element, constant.value() * size * 8, 0, span);
        }
        Expr bytes = new Expr.Binary(BinaryOperator.MULTIPLY, false, number, new Expr.Constant(size, true, span), span);
        Expr address = new Expr.Binary(BinaryOperator.ADD, false, base.address(), bytes, span);
        return new Spot(base.user(), address, base.bitOffset(), 0, element, span);
    }
}
