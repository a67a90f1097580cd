// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Names;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.Expression;
import java.util.Optional;

/** Types what registers carry as part of a value: a field of a struct by value. Empty: the expression is none. */
final class CarriedTyper extends PlaceVisitor<Optional<CarriedTyper.Part>> {
    private final ExpressionTyper values;
    private final Names names;
    private final ByValueTyper byValue;

    CarriedTyper(Names names, ExpressionTyper values, ByValueTyper byValue) {
        this.names = names;
        this.values = values;
        this.byValue = byValue;
    }

    /** Part of a value that registers carry, on the way to a part of that. */
    record Part(Binding.ByValue whole, Passing.InRegisters in, Type type, long bit, int width) {}

    /** The number that the part is. */
    Optional<Typed> number(Expression expression) {
        return part(expression)
                .map(found -> Typed.of(byValue.part(found.whole(), found.in(), found.type(), found.bit(), found.width(),
                        expression.written(), expression.span()), found.type()));
    }

    Optional<Part> part(Expression expression) {
        return expression.accept(this);
    }

    @Override
    public Optional<Part> visitName(Expression.Name name) {
        return names.find(name.name(), name.parameter(), name.span()) instanceof Binding.ByValue value
                && value.passing() instanceof Passing.InRegisters in
                        ? Optional.of(new Part(value, in, value.type(), 0, 0)) : Optional.empty();
    }

    @Override
    public Optional<Part> visitField(Expression.Field field) {
        Part base = part(field.base()).orElse(null);
        if (base == null || !(base.type() instanceof Type.Struct struct)) {
            return Optional.empty();
        }
        Members.checkDot(field, struct);
        Type.Member member = Members.member(struct, field);
        return Optional.of(new Part(base.whole(), base.in(), member.type(), base.bit() + member.bitOffset(), member.bitWidth()));
    }

    @Override
    public Optional<Part> visitIndex(Expression.Index index) {
        Part base = part(index.base()).orElse(null);
        if (base == null || !(base.type() instanceof Type.Array array)) {
            return Optional.empty();
        }
        if (!(values.value(index.index()).expr() instanceof Expr.Constant constant)) {
            throw Errors.at(index.index().span(), index.base().written()
                    + " is carried by registers: which one an index means must be known beforehand", "write a number");
        }
        Members.checkIndex(constant, array, index.base().written(), index);
        Type element = array.element().get();
        return Optional.of(new Part(base.whole(), base.in(), element, base.bit() + constant.value() * element.size() * 8, 0));
    }

    @Override
    public Optional<Part> visitMemory(Expression.Memory memory) {
        return Optional.empty();
    }

    @Override
    Optional<Part> visitValue(Expression expression) {
        return Optional.empty();
    }
}
