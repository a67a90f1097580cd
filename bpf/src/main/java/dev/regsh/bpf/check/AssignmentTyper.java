// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Names;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.Assignment;
import dev.regsh.grammar.clause.WriteClause;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;
import java.util.List;

/** Types what is assigned: registers and parameters by {@code set}, the result by {@code ret=}, memory by {@code write}. */
final class AssignmentTyper {
    private final Scope scope;
    private final Names names;
    private final ExpressionTyper values;
    private final ResultTyper results;
    private final Errnos errnos;

    AssignmentTyper(Scope scope, ExpressionTyper values, ResultTyper results, Errnos errnos) {
        this.scope = scope;
        this.names = new Names(scope);
        this.values = values;
        this.results = results;
        this.errnos = errnos;
    }

    TypedRule.RegisterWrite register(Assignment assignment) {
        Span span = assignment.targetSpan();
        String name = (assignment.parameter() ? "$" : "") + assignment.target();
        Binding binding = names.find(assignment.target(), assignment.parameter(), span);
        if (scope.after() && !(binding instanceof Binding.OfRegister register && results.carries(register.register()))) {
            throw Errors.at(span, "after a function has returned only its result can be set", "write ret=VALUE");
        }
        if (binding instanceof Binding.Parameter parameter) {
            return parameter(assignment, parameter.register(), parameter.type(), name);
        } else if (binding instanceof Binding.ByValue value) {
            Register register = ByValueTyper.register(value.type(), value.passing())
                    .orElseThrow(() -> new ByValueTyper(scope).refusal(value, false, span));
            return parameter(assignment, register, value.type(), name);
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
        results.checkAddress(register, span);
        Expr value = values.number(assignment.value());
        Fit.check(value, register.bits(), name);
        return new TypedRule.RegisterWrite(register, value, new Expr.RegisterValue(register, span), name, span);
    }

    /** The whole register is written: callers extend narrow arguments to at least 32 bits. */
    private TypedRule.RegisterWrite parameter(Assignment assignment, Register register, Type type, String name) {
        Expr value = values.number(assignment.value());
        errnos.named(name, assignment.target(), type);
        return new TypedRule.RegisterWrite(register, Fit.converted(value, type, name),
                ResultTyper.old(register, type, value.span()), name, assignment.targetSpan());
    }

    TypedRule.MemoryWrite memory(WriteClause write) {
        String label = write.place().written();
        Expression place = write.place();
        Spot spot = values.place(place);
        var target = spot.place(label);
        Expr value = values.number(write.value());
        errnos.value(label, place, spot.type());
        return new TypedRule.MemoryWrite(target, Fit.stored(value, spot.type(), target, label), label, write.span());
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
