// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.resolve.Binding;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.type.Type;
import dev.regsh.grammar.source.Span;
import java.util.stream.Collectors;

/** Why a parameter or result that is no plain integer cannot be taken for a number, and what can be done instead. */
final class ByValueRefusal implements Passing.Visitor<RuntimeException> {
    private final Scope scope;
    private final Binding.ByValue value;
    private final Span span;
    private final boolean struct;
    private final String field;

    /** @param read not to be written: a field of it would do */
    ByValueRefusal(Scope scope, Binding.ByValue value, boolean read, Span span) {
        this.scope = scope;
        this.value = value;
        this.span = span;
        struct = value.type() instanceof Type.Struct;
        field = struct && read ? "name one of its fields, " + value.name() + ".FIELD" : "";
    }

    private String is() {
        return value.name() + " is a " + value.declared();
    }

    @Override
    public RuntimeException visitInRegisters(Passing.InRegisters in) {
        if (in.unseen() && in.registers().isEmpty()) {
            return Errors.at(span, is() + (value.result() ? ", in " + in + ": floating point registers are not part of what a"
                    + " probe sees" : ": floating point numbers do not travel in the registers a probe sees"), "");
        }
        String registers = in.registers().stream().map(Register::name).collect(Collectors.joining(", "));
        return struct ? Errors.at(span, value.name() + ", a " + value.declared() + ", is " + (value.result() ? "returned"
                : "passed") + " by value", (field.isEmpty() ? "" : field + ", or ") + "name the register that carries it: "
                        + registers)
                : Errors.at(span, is() + ", which does not fit one register", "its registers are "
                        + registers.replace(", ", " and "));
    }

    @Override
    public RuntimeException visitOnStack(Passing.OnStack stack) {
        return Errors.at(span, value.name() + ", a " + value.declared() + ", is passed by value",
                "it lies on the stack, from " + scope.stackPlace(stack.offset()) + " on"
                        + (field.isEmpty() ? "" : "; " + field));
    }

    @Override
    public RuntimeException visitNothing(Passing.Nothing nothing) {
        return Errors.at(span, is() + ", which has no size");
    }

    @Override
    public RuntimeException visitByReference(Passing.ByReference reference) {
        return inMemory();
    }

    @Override
    public RuntimeException visitInCallersMemory(Passing.InCallersMemory memory) {
        return inMemory();
    }

    private RuntimeException inMemory() {
        return Errors.at(span, is() + ", in memory: no single number", field.isEmpty() ? "write one of its fields: write "
                + value.name() + ".FIELD=VALUE" : field);
    }
}
