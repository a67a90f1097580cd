// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.ContextName;
import java.util.Optional;

/** What a name in a rule means. */
public sealed interface Binding {
    /** What is done with each kind of binding. */
    interface Visitor<R> {
        R visitOfRegister(OfRegister binding);

        R visitOfContext(OfContext binding);

        R visitComm(Comm binding);

        R visitParameter(Parameter binding);

        R visitResult(Result binding);

        R visitByValue(ByValue binding);
    }

    <R> R accept(Visitor<R> visitor);

    record OfRegister(Register register) implements Binding {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOfRegister(this);
        }
    }

    record OfContext(ContextName name) implements Binding {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOfContext(this);
        }
    }

    /** The name of the running task: a string. */
    record Comm() implements Binding {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitComm(this);
        }
    }

    /**
     * A parameter of the function.
     *
     * @param register that carries it
     * @param atReturn the probe is at the return: what the register held at the entry is meant
     * @param type empty: unknown
     */
    record Parameter(String name, Register register, boolean atReturn, Optional<Type> type) implements Binding {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitParameter(this);
        }
    }

    /**
     * What the function returned.
     *
     * @param type empty: unknown
     */
    record Result(Register register, Optional<Type> type) implements Binding {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitResult(this);
        }
    }

    /**
     * A parameter or result that is no plain integer: a struct by value, an integer of 16 bytes, a floating point number.
     *
     * @param declared the type as C writes it
     * @param passing where it is
     * @param result it is what the function returned
     * @param atReturn the probe is at the return: of a parameter, what its registers held at the entry is meant
     */
    record ByValue(String name, Type type, String declared, Passing passing, boolean result, boolean atReturn) implements Binding {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitByValue(this);
        }
    }
}
