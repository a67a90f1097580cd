// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.source.Span;
import java.util.Optional;

/** The address of a parameter or result that travels in memory; empty: it does not. */
final class MemoryAddress implements Passing.Visitor<Optional<Expr>> {
    private final Scope scope;
    private final Binding.ByValue value;
    private final Span span;

    MemoryAddress(Scope scope, Binding.ByValue value, Span span) {
        this.scope = scope;
        this.value = value;
        this.span = span;
    }

    @Override
    public Optional<Expr> visitInRegisters(Passing.InRegisters in) {
        return Optional.empty();
    }

    @Override
    public Optional<Expr> visitInCallersMemory(Passing.InCallersMemory memory) {
        Register register = memory.returned().orElseThrow(() -> Errors.at(span, value.name() + ", a " + value.declared()
                + ", is in memory whose address no register holds at the return",
                "at the entry " + memory.address().name() + " has it"));
        return Optional.of(new Expr.RegisterValue(register, span));
    }

    @Override
    public Optional<Expr> visitByReference(Passing.ByReference reference) {
        checkUnchanged();
        if (!(reference.address() instanceof Passing.InRegisters in)) {
            throw refusal(reference);
        }
        return Optional.of(new Expr.RegisterValue(in.registers().get(0), span));
    }

    @Override
    public Optional<Expr> visitOnStack(Passing.OnStack stack) {
        checkUnchanged();
        Expr pointer = new Expr.RegisterValue(scope.registers().stackPointer(), span);
        return Optional.of(new Expr.Binary(BinaryOperator.ADD, false, pointer,
                new Expr.Constant(scope.stackOffset(stack.offset()), true, span), span));
    }

    @Override
    public Optional<Expr> visitNothing(Passing.Nothing nothing) {
        checkUnchanged();
        throw refusal(nothing);
    }

    private RuntimeException refusal(Passing passing) {
        return passing.accept(new ByValueRefusal(scope, value, true, span));
    }

    /** Arguments in memory are the function's own. */
    private void checkUnchanged() {
        if (value.atReturn()) {
            throw Errors.at(span, value.name() + ", a " + value.declared() + ", is passed in memory, which the function may have"
                    + " changed by the time it returns", "use on");
        }
    }
}
