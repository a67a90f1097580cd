// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registers of one architecture and how its calling convention uses them. */
public final class RegisterTable {
    private final Map<String, Register> byName;
    private final Map<String, String> absent;
    private final List<Register> arguments;
    private final Architecture architecture;
    private final List<Register> results;
    private final Register resultAddress;
    private final Register instructionPointer;
    private final Register stackPointer;
    private final Optional<Register> link;
    private final int returnAddress;
    private final int words;

    private RegisterTable(Builder builder) {
        byName = Collections.unmodifiableMap(builder.byName);
        absent = Map.copyOf(builder.absent);
        architecture = builder.architecture;
        arguments = named(builder.arguments);
        results = named(builder.results);
        resultAddress = named(builder.resultAddress);
        instructionPointer = named(builder.instructionPointer);
        stackPointer = named(builder.stackPointer);
        link = find(builder.link);
        returnAddress = builder.returnAddress;
        words = builder.words;
    }

    private List<Register> named(List<String> names) {
        List<Register> order = new ArrayList<>();
        names.forEach(name -> order.add(named(name)));
        return List.copyOf(order);
    }

    public Architecture architecture() {
        return architecture;
    }

    /** Empty: there is no such register. */
    public Optional<Register> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws java.util.NoSuchElementException if there is no such register */
    public Register named(String name) {
        return find(name).orElseThrow();
    }

    /** Why a register that exists in the processor cannot be used at all; empty: no such register. */
    public Optional<String> whyAbsent(String name) {
        return Optional.ofNullable(absent.get(name));
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
        return results.get(0);
    }

    /** The registers of a result of up to sixteen bytes, in order. */
    public List<Register> results() {
        return results;
    }

    /** The register that has the address where a function stores a result that is larger. */
    public Register resultAddress() {
        return resultAddress;
    }

    /** Bytes that a call puts on the stack before the arguments that lie there, and a return takes off. */
    public int returnAddress() {
        return returnAddress;
    }

    public Register instructionPointer() {
        return instructionPointer;
    }

    public Register stackPointer() {
        return stackPointer;
    }

    /** The register that has the return address at a function's entry and at its return; empty: the top of the stack has it. */
    public Optional<Register> link() {
        return link;
    }

    /** 8-byte words in the context. */
    public int words() {
        return words;
    }

    static final class Builder {
        private final Map<String, Register> byName = new LinkedHashMap<>();
        private final Map<String, String> absent = new HashMap<>();
        private final Architecture architecture;
        private final List<String> arguments;
        private final List<String> results;
        private final String resultAddress;
        private final String instructionPointer;
        private final String stackPointer;
        private final String link;
        private final int returnAddress;
        private final int words;

        Builder(Architecture architecture, int words, String instructionPointer, String stackPointer, String link,
                int returnAddress, List<String> results, String resultAddress, List<String> arguments) {
            this.architecture = architecture;
            this.words = words;
            this.instructionPointer = instructionPointer;
            this.stackPointer = stackPointer;
            this.link = link;
            this.returnAddress = returnAddress;
            this.results = results;
            this.resultAddress = resultAddress;
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
