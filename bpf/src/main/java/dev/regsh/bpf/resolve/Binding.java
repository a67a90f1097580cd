// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.abi.Passing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.ContextName;

/** What a name in a rule means. */
public sealed interface Binding {
    record OfRegister(Register register) implements Binding {}

    record OfContext(ContextName name) implements Binding {}

    /** The name of the running task: a string. */
    record Comm() implements Binding {}

    /**
     * A parameter of the function.
     *
     * @param register that carries it
     * @param atReturn the probe is at the return: what the register held at the entry is meant
     * @param type null: unknown
     */
    record Parameter(String name, Register register, boolean atReturn, Type type) implements Binding {}

    /**
     * What the function returned.
     *
     * @param type null: unknown
     */
    record Result(Register register, Type type) implements Binding {}

    /**
     * A parameter or result that is no plain integer: a struct by value, an integer of 16 bytes, a floating point number.
     *
     * @param declared the type as C writes it
     * @param passing where it is
     * @param result it is what the function returned
     * @param atReturn the probe is at the return: of a parameter, what its registers held at the entry is meant
     */
    record ByValue(String name, Type type, String declared, Passing passing, boolean result, boolean atReturn)
            implements Binding {}
}
