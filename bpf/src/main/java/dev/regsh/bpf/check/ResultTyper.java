// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.abi.CallLayout;
import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeText;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.RetClause;
import dev.regsh.grammar.source.Span;
import java.util.List;
import java.util.Optional;

/** Types {@code ret=}: which register carries the result, what fits it, and what it would leave undone. */
final class ResultTyper {
    private final Scope scope;
    private final ExpressionTyper values;
    private final boolean force;

    ResultTyper(Scope scope, ExpressionTyper values, boolean force) {
        this.scope = scope;
        this.values = values;
        this.force = force;
    }

    /** Whether a register has part of the result, or may have, where the prototype is not known. */
    boolean carries(Register register) {
        if (register.slot() == scope.registers().result().slot()) {
            return true;
        }
        List<Register> registers = scope.layout().map(CallLayout::result)
                .map(result -> result instanceof Passing.InRegisters in ? in.registers() : List.<Register>of())
                .orElse(scope.registers().results());
        return registers.stream().anyMatch(each -> each.slot() == register.slot());
    }

    /** Refuses to change the register with the address of the memory that a function fills with its result. */
    void checkAddress(Register register, Span span) {
        Register asked = scope.after() ? scope.registers().result() : scope.registers().resultAddress();
        boolean may = !scope.user() && !force && register.slot() == asked.slot() && (scope.after() || scope.atEntry());
        if (may && scope.layout().map(CallLayout::result).orElse(null) instanceof Passing.InCallersMemory memory
                && (!scope.after() || memory.returned().isPresent())) {
            throw Errors.at(span, register.whole() + " has the address of the memory for what " + scope.function()
                    + " returns, a " + TypeText.of(type()), scope.after() ? "write ret.FIELD=VALUE changes that" : "force insists");
        }
    }

    private Type type() {
        return scope.prototype().orElseThrow().returns();
    }

    /** What the function returned by itself. */
    Expr returned(Span span) {
        Register register = scope.registers().result();
        return old(register, scope.prototype().map(FunctionType::returns).filter(type -> type.isInteger()
                || ByValueTyper.register(type, scope.layout().orElseThrow().result()).isPresent()), span);
    }

    /** What a register holds, as a value of the type; empty: all of it. */
    static Expr old(Register register, Optional<Type> type, Span span) {
        Expr word = new Expr.RegisterValue(register, span);
        return type.map(known -> ByValueTyper.bits(word, 0, (int) known.size() * 8, known.signed(), span)).orElse(word);
    }

    /** The value of {@code ret=}, as the function's return type has it. */
    Expr result(RetClause ret) {
        Expr value = values.number(ret.value());
        if (scope.prototype().isEmpty()) {
            return value;
        }
        return scope.layout().orElseThrow().result().accept(new Passing.Visitor<>() {
            @Override
            public Expr visitNothing(Passing.Nothing nothing) {
                if (scope.after()) {
                    throw Errors.at(ret.span(), scope.function() + " returns nothing", TypeText.of(scope.prototype().get()));
                }
                return value;
            }

            @Override
            public Expr visitInCallersMemory(Passing.InCallersMemory memory) {
                if (!force) {
                    throw inMemory(memory, ret.span());
                }
                return value;
            }

            @Override
            public Expr visitInRegisters(Passing.InRegisters in) {
                return inRegisters(in, value, ret.span());
            }

            @Override
            public Expr visitOnStack(Passing.OnStack stack) {
                throw new IllegalStateException("no result is passed like an argument");
            }

            @Override
            public Expr visitByReference(Passing.ByReference reference) {
                throw new IllegalStateException("no result is passed like an argument");
            }
        });
    }

    private Expr inRegisters(Passing.InRegisters in, Expr value, Span span) {
        if (in.unseen()) {
            throw Errors.at(span, scope.function() + " returns a " + TypeText.of(type()) + ", in " + in
                    + ": floating point registers are not part of what a probe sees",
                    scope.after() && !in.registers().isEmpty() ? "set " + in.registers().get(0).name() + "=VALUE changes that part"
                            : "");
        }
        return type().isInteger() || in.registers().size() == 1 ? Fit.converted(value, type(), "ret") : value;
    }

    private RuntimeException inMemory(Passing.InCallersMemory memory, Span span) {
        String what = scope.function() + " returns a " + TypeText.of(type()) + " of " + type().size() + " bytes";
        if (scope.after()) {
            return Errors.at(span, what + ": it is in memory, and " + memory.returned().map(r -> r.name() + " has its address")
                    .orElse("no register has its address"),
                    memory.returned().isPresent() ? "write ret.FIELD=VALUE changes it" : "");
        }
        String address = memory.address().name();
        boolean given = memory.returned().isPresent();
        return Errors.at(span, what + ", into memory of its caller: skipped, it leaves that unfilled"
                + (given ? ", and the caller wants its address back, from " + address : ""),
                "fill it: write u64[" + address + "]=VALUE ...; then ret=" + (given ? address : "0") + " force");
    }

    /**
     * Refuses to skip a function whose result takes more registers than {@code ret=} fills, unless the others are set too.
     *
     * @param writes what {@code set} sets
     */
    void checkFilled(RetClause ret, List<TypedRule.RegisterWrite> writes) {
        if (scope.layout().map(CallLayout::result).orElse(null) instanceof Passing.InRegisters in) {
            for (Register register : in.registers().subList(Math.min(1, in.registers().size()), in.registers().size())) {
                if (writes.stream().noneMatch(write -> write.register().slot() == register.slot()
                        && write.register().written() == -1L)) {
                    throw Errors.at(ret.span(), scope.function() + " returns a " + TypeText.of(type()) + ", in " + in
                            + ": ret fills " + in.registers().get(0).name() + " only", "add set " + register.name() + "=VALUE");
                }
            }
        }
    }
}
