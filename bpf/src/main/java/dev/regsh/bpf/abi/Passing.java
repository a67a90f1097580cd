// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.abi;

import dev.regsh.bpf.register.Register;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How one value of a call travels between caller and function. */
public sealed interface Passing {
    /** What is done with each way. */
    interface Visitor<R> {
        R visitInRegisters(InRegisters passing);

        R visitOnStack(OnStack passing);

        R visitByReference(ByReference passing);

        R visitInCallersMemory(InCallersMemory passing);

        R visitNothing(Nothing passing);
    }

    <R> R accept(Visitor<R> visitor);

    /** The register that carries all of it; empty: no single one does. */
    default Optional<Register> single() {
        return Optional.empty();
    }

    /**
     * A register that carries part of a value.
     *
     * @param register empty: a floating point or vector register, which no probe sees, or none since these bytes are padding
     * @param name of the register; empty for padding
     */
    record Part(Optional<Register> register, String name) {
        static final Part PADDING = new Part(Optional.empty(), "");

        static Part of(Register register) {
            return new Part(Optional.of(register), register.name());
        }

        static Part unseen(String name) {
            return new Part(Optional.empty(), name);
        }
    }

    /** In registers: each has the next eight bytes; of an arm64 aggregate of floating point numbers the next number. */
    record InRegisters(List<Part> parts) implements Passing {
        public InRegisters {
            parts = List.copyOf(parts);
        }

        @Override
        public Optional<Register> single() {
            return parts.size() == 1 ? parts.get(0).register() : Optional.empty();
        }

        /** Part of it is where no probe can see it. */
        public boolean unseen() {
            return parts.stream().anyMatch(part -> part.register().isEmpty() && !part.name().isEmpty());
        }

        /** The registers a probe sees, in order. */
        public List<Register> registers() {
            return parts.stream().flatMap(part -> part.register().stream()).toList();
        }

        /** {@code rdi:rsi}. */
        @Override
        public String toString() {
            return parts.stream().map(Part::name).filter(name -> !name.isEmpty()).collect(Collectors.joining(":"));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitInRegisters(this);
        }
    }

    /** @param offset in bytes from the first argument that lies on the stack */
    record OnStack(long offset) implements Passing {
        @Override
        public String toString() {
            return "stack";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOnStack(this);
        }
    }

    /**
     * The caller has made a copy and passes its address.
     *
     * @param address how that travels
     */
    record ByReference(Passing address) implements Passing {
        @Override
        public String toString() {
            return "at " + address;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitByReference(this);
        }
    }

    /**
     * A result that the function stores in memory which the caller has set aside.
     *
     * @param address holds the memory's address when the function is entered
     * @param returned holds it when the function returns; empty: nothing does
     */
    record InCallersMemory(Register address, Optional<Register> returned) implements Passing {
        @Override
        public String toString() {
            return "memory at " + address.name();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitInCallersMemory(this);
        }
    }

    /** There is nothing to pass: void, and structs of no size. */
    record Nothing() implements Passing {
        @Override
        public String toString() {
            return "";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitNothing(this);
        }
    }
}
