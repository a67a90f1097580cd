// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Names;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.Types;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.ast.Assignment;
import dev.regsh.grammar.ast.Clause;
import dev.regsh.grammar.ast.Expression;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.format.Formatter;
import java.util.List;

/** Types what is assigned: registers and parameters by {@code set}, the result by {@code ret=}, memory by {@code write}. */
final class AssignmentTyper {
    private final Scope scope;
    private final Names names;
    private final ExpressionTyper values;

    AssignmentTyper(Scope scope, ExpressionTyper values) {
        this.scope = scope;
        this.names = new Names(scope);
        this.values = values;
    }

    TypedRule.RegisterWrite register(Assignment assignment) {
        Span span = assignment.targetSpan();
        String name = (assignment.parameter() ? "$" : "") + assignment.target();
        Binding binding = names.find(assignment.target(), assignment.parameter(), span);
        if (scope.after() && !(binding instanceof Binding.OfRegister register
                && register.register().slot() == scope.registers().result().slot())) {
            throw Errors.at(span, "after a function has returned only its result can be set", "write ret=VALUE");
        }
        if (binding instanceof Binding.Parameter parameter) {
            return parameter(assignment, parameter, name);
        }
        if (!(binding instanceof Binding.OfRegister of)) {
            boolean shadowed = scope.prototype().stream().flatMap(p -> p.parameters().stream())
                    .anyMatch(p -> p.name().equals(assignment.target()));
            throw Errors.at(span, name + " cannot be set: it is what the kernel says of the running task",
                    shadowed ? "the parameter of that name is $" + name : "");
        }
        Register register = of.register();
        if (!register.writable()) {
            throw Errors.at(span, name + " cannot be set: " + register.readOnly());
        }
        if (scope.atEntry() && !scope.after() && !scope.user() && register.whole().equals("r11")) {
            throw Errors.at(span, "r11 is not restored at a function's entry", "set it at an offset inside the function");
        }
        Expr value = values.number(assignment.value());
        Fit.check(value, register.bits(), name);
        return new TypedRule.RegisterWrite(register, value, new Expr.RegisterValue(register, span), name, span);
    }

    /** The whole register is written: callers extend narrow arguments to at least 32 bits. */
    private TypedRule.RegisterWrite parameter(Assignment assignment, Binding.Parameter parameter, String name) {
        Expr value = values.number(assignment.value());
        return new TypedRule.RegisterWrite(parameter.register(),
                converted(value, parameter.type(), name), old(parameter.register(), parameter.type(), value.span()), name,
                assignment.targetSpan());
    }

    private static Expr converted(Expr value, Type type, String name) {
        if (type == null || Types.size(type) == 8) {
            return value;
        }
        int bytes = (int) Types.size(type);
        if (type instanceof Type.Int integer && integer.bool()) {
            Fit.check(value, 1, name);
        }
        Fit.check(value, bytes * 8, name + " (" + Types.show(type) + ")");
        return new Expr.Cast(bytes, Types.signed(type), value, value.span());
    }

    private static Expr old(Register register, Type type, Span span) {
        Expr raw = new Expr.RegisterValue(register, span);
        boolean plain = type == null || Types.size(type) == 8 && !Types.signed(type);
        return plain ? raw : new Expr.Cast((int) Types.size(type), Types.signed(type), raw, span);
    }

    /** What the function returned by itself. */
    Expr returned(Span span) {
        return old(scope.registers().result(), scope.prototype().map(FunctionType::returns).filter(Types::isInteger)
                .orElse(null), span);
    }

    /** The value of {@code ret=}, as the function's return type has it. */
    Expr result(Clause.Ret ret) {
        Expr value = values.number(ret.value());
        Type type = scope.prototype().map(FunctionType::returns).orElse(null);
        if (type == null) {
            return value;
        }
        if (type instanceof Type.Void) {
            if (scope.after()) {
                throw Errors.at(ret.span(), scope.function() + " returns nothing",
                        Types.show(scope.prototype().get()));
            }
            return value;
        }
        if (!Types.isInteger(type)) {
            throw Errors.at(ret.span(), scope.function() + " returns a " + Types.show(type)
                    + ", which does not fit the result register", "");
        }
        return converted(value, type, "ret");
    }

    TypedRule.MemoryWrite memory(Clause.Write write) {
        String label = Formatter.format(write.place());
        Expression place = write.place();
        Spot spot = values.place(place);
        var target = spot.place(label);
        Expr value = values.number(write.value());
        Fit.check(value, target.bits(), label);
        return new TypedRule.MemoryWrite(target, value, label, write.span());
    }

    /** No bit may be given two values. */
    static void checkTwice(List<TypedRule.RegisterWrite> writes) {
        for (int i = 0; i < writes.size(); i++) {
            for (int k = 0; k < i; k++) {
                Register later = writes.get(i).register();
                Register earlier = writes.get(k).register();
                if (later.slot() == earlier.slot() && (later.written() & earlier.written()) != 0) {
                    String both = writes.get(k).label().equals(writes.get(i).label()) ? " is set twice"
                            : " and " + writes.get(k).label() + " set the same register";
                    throw Errors.at(writes.get(i).span(), writes.get(i).label() + both, "leave one of them out");
                }
            }
        }
    }
}
