// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

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
import java.util.Optional;

/** Types what stands in memory: {@code u32[a]}, {@code sb->s_flags}, {@code path[2]}. Empty: the expression is no place but a value. */
final class PlaceTyper extends PlaceVisitor<Optional<Spot>> {
    private final Scope scope;
    private final ExpressionTyper values;
    private final Names names;
    private final ByValueTyper byValue;
    private final CarriedTyper carried;

    PlaceTyper(Scope scope, Names names, ExpressionTyper values, ByValueTyper byValue, CarriedTyper carried) {
        this.scope = scope;
        this.names = names;
        this.values = values;
        this.byValue = byValue;
        this.carried = carried;
    }

    /** The place an expression names, to be written. */
    Spot written(Expression expression) {
        if (carried.part(expression).isPresent()) {
            throw Errors.at(expression.span(), expression.written() + " is in a register, not in memory",
                    "set REGISTER=VALUE; info FUNCTION shows which");
        }
        return spot(expression).orElseThrow();
    }

    Optional<Spot> spot(Expression expression) {
        return expression.accept(this);
    }

    /** In a user program's rule nobody means the kernel's memory. */
    boolean inUserSpace(boolean written) {
        return written || scope.user();
    }

    @Override
    public Optional<Spot> visitName(Expression.Name name) {
        return names.find(name.name(), name.parameter(), name.span()) instanceof Binding.ByValue value
                ? byValue.spot(value, name.span()) : Optional.empty();
    }

    @Override
    public Optional<Spot> visitMemory(Expression.Memory memory) {
        IntType type = memory.type();
        return Optional.of(new Spot(inUserSpace(memory.user()), values.value(memory.address()).expr(), 0, 0,
                new Type.Int(type.keyword(), type.bytes(), type.signed(), false), memory.span()));
    }

    @Override
    Optional<Spot> visitValue(Expression expression) {
        return Optional.empty();
    }

    @Override
    public Optional<Spot> visitField(Expression.Field field) {
        if (carried.part(field).isPresent()) {
            return Optional.empty();
        }
        String label = field.base().written();
        Optional<Spot> base = spot(field.base());
        if (base.isPresent() && base.get().type() instanceof Type.Struct struct) {
            Members.checkDot(field, struct);
            Type.Member member = Members.member(struct, field);
            return Optional.of(base.get().part(member.type(), member.bitOffset(), member.bitWidth(), field.span()));
        }
        Typed pointer = base.isPresent() ? values.load(base.get(), label) : values.value(field.base());
        if (!(pointer.type().orElse(null) instanceof Type.Pointer type)) {
            throw Errors.at(field.base().span(),
                    label + pointer.type().map(other -> " is a " + TypeText.of(other) + ", which has no fields")
                            .orElse(" has no type of its own, so no fields"),
                    "read memory by address: u32["
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
        Type.Member member = Members.member(struct, field);
        return Optional
                .of(new Spot(false, pointer.expr(), 0, 0, struct, field.base().span()).part(member.type(), member.bitOffset(),
                        member.bitWidth(), field.span()));
    }

    @Override
    public Optional<Spot> visitIndex(Expression.Index index) {
        if (carried.part(index).isPresent()) {
            return Optional.empty();
        }
        String label = index.base().written();
        Expr number = values.value(index.index()).expr();
        Optional<Spot> base = spot(index.base());
        if (base.isPresent() && base.get().type() instanceof Type.Array array) {
            if (number instanceof Expr.Constant constant && array.length() > 0) {
                Members.checkIndex(constant, array, label, index);
            }
            return Optional.of(element(base.get(), array.element().get(), number, label, index.span()));
        }
        Typed pointer = base.isPresent() ? values.load(base.get(), label) : values.value(index.base());
        if (!(pointer.type().orElse(null) instanceof Type.Pointer type)) {
            throw Errors.at(index.base().span(), label + " is neither an array nor a pointer with a type",
                    "read memory by address: u32[" + label + "+8]");
        }
        Spot start = new Spot(false, pointer.expr(), 0, 0, type.target().get(), index.base().span());
        return Optional.of(element(start, type.target().get(), number, label, index.span()));
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
