// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registers of one architecture and how its calling convention uses them. */
public final class RegisterTable {
    private final Map<String, Register> byName;
    private final Map<String, String> absent;
    private final List<Register> arguments;
    private final Register result;
    private final Register instructionPointer;
    private final Register stackPointer;
    private final int words;

    private RegisterTable(Builder builder) {
        byName = Collections.unmodifiableMap(builder.byName);
        absent = Map.copyOf(builder.absent);
        List<Register> order = new ArrayList<>();
        for (String name : builder.arguments) {
            order.add(byName.get(name));
        }
        arguments = List.copyOf(order);
        result = byName.get(builder.result);
        instructionPointer = byName.get(builder.instructionPointer);
        stackPointer = byName.get(builder.stackPointer);
        words = builder.words;
    }

    /** @return null if there is no such register */
    public Register named(String name) {
        return byName.get(name);
    }

    /** Why a register that exists in the processor cannot be used at all; null: no such register. */
    public String whyAbsent(String name) {
        return absent.get(name);
    }

    /** In the order of the table. */
    public Collection<Register> all() {
        return byName.values();
    }

    /** The registers of the first integer arguments, 64 bits wide, in order. */
    public List<Register> arguments() {
        return arguments;
    }

    /** The register a function returns an integer in. */
    public Register result() {
        return result;
    }

    public Register instructionPointer() {
        return instructionPointer;
    }

    public Register stackPointer() {
        return stackPointer;
    }

    /** 8-byte words in the context. */
    public int words() {
        return words;
    }

    static final class Builder {
        private final Map<String, Register> byName = new LinkedHashMap<>();
        private final Map<String, String> absent = new HashMap<>();
        private final String[] arguments;
        private final String result;
        private final String instructionPointer;
        private final String stackPointer;
        private final int words;

        Builder(int words, String result, String instructionPointer, String stackPointer, String... arguments) {
            this.words = words;
            this.result = result;
            this.instructionPointer = instructionPointer;
            this.stackPointer = stackPointer;
            this.arguments = arguments;
        }

        Builder add(String name, int slot, int bits, int shift, String whole, String readOnly) {
            byName.put(name, new Register(name, slot, bits, shift, whole, readOnly));
            return this;
        }

        Builder absent(String why, String... names) {
            for (String name : names) {
                absent.put(name, why);
            }
            return this;
        }

        RegisterTable build() {
            return new RegisterTable(this);
        }
    }
}
