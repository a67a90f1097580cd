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
import dev.regsh.grammar.source.Span;
import java.util.List;
import java.util.Optional;

/** Checks {@code set}: which register a name means, and what fits it. */
final class SetChecker {
    private final Scope scope;
    private final Names names;
    private final ExpressionTyper values;
    private final ResultTyper results;
    private final Errnos errnos;

    SetChecker(Scope scope, ExpressionTyper values, ResultTyper results, Errnos errnos) {
        this.scope = scope;
        this.names = new Names(scope);
        this.values = values;
        this.results = results;
        this.errnos = errnos;
    }

    TypedRule.RegisterWrite write(Assignment assignment) {
        Binding binding = names.find(assignment.target(), assignment.parameter(), assignment.targetSpan());
        if (scope.after() && !(binding instanceof Binding.OfRegister register && results.carries(register.register()))) {
            throw Errors.at(assignment.targetSpan(), "after a function has returned only its result can be set", "write ret=VALUE");
        }
        return binding.accept(new Target(assignment));
    }

    /** What one assignment is to. */
    private final class Target implements Binding.Visitor<TypedRule.RegisterWrite> {
        private final Assignment assignment;
        private final Span span;
        private final String name;

        Target(Assignment assignment) {
            this.assignment = assignment;
            span = assignment.targetSpan();
            name = (assignment.parameter() ? "$" : "") + assignment.target();
        }

        @Override
        public TypedRule.RegisterWrite visitOfRegister(Binding.OfRegister binding) {
            Register register = binding.register();
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

        @Override
        public TypedRule.RegisterWrite visitParameter(Binding.Parameter parameter) {
            return whole(parameter.register(), parameter.type());
        }

        @Override
        public TypedRule.RegisterWrite visitByValue(Binding.ByValue value) {
            return whole(ByValueTyper.register(value.type(), value.passing())
                    .orElseThrow(() -> new ByValueTyper(scope).refusal(value, false, span)), Optional.of(value.type()));
        }

        @Override
        public TypedRule.RegisterWrite visitOfContext(Binding.OfContext binding) {
            throw ofTheTask();
        }

        @Override
        public TypedRule.RegisterWrite visitComm(Binding.Comm binding) {
            throw ofTheTask();
        }

        @Override
        public TypedRule.RegisterWrite visitResult(Binding.Result result) {
            throw ofTheTask();
        }

        private RuntimeException ofTheTask() {
            boolean shadowed = scope.prototype().stream().flatMap(p -> p.parameters().stream())
                    .anyMatch(p -> p.name().equals(assignment.target()));
            return Errors.at(span, name + " cannot be set: it is what the kernel says of the running task",
                    shadowed ? "the parameter of that name is $" + name : "");
        }

        /** Callers extend narrow arguments to at least 32 bits. */
        private TypedRule.RegisterWrite whole(Register register, Optional<Type> type) {
            Expr value = values.number(assignment.value());
            errnos.named(name, assignment.target(), type);
            return new TypedRule.RegisterWrite(register, type.map(known -> Fit.converted(value, known, name)).orElse(value),
                    ResultTyper.old(register, type, value.span()), name, span);
        }
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
