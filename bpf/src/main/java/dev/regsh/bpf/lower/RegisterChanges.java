// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.register.Register;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rule changes about registers, collected before the first change: new values, a result in place of the function, an
 * address where execution goes on. Parts of one register come together.
 */
final class RegisterChanges {
    /**
     * A new value.
     *
     * @param column of the source
     */
    private record Part(Register register, Value value, int column) {}

    private final CodeBuilder code;
    /** By slot, in the order written. */
    private final Map<Integer, List<Part>> bySlot = new LinkedHashMap<>();
    private Optional<Value> result = Optional.empty();
    private int resultColumn;
    private Optional<Value> target = Optional.empty();
    private int targetColumn;

    RegisterChanges(CodeBuilder code) {
        this.code = code;
    }

    void register(Register register, Value value) {
        register(register, value, code.column());
    }

    private void register(Register register, Value value, int column) {
        bySlot.computeIfAbsent(register.slot(), slot -> new ArrayList<>()).add(new Part(register, value, column));
    }

    /** The function is skipped and returns this. */
    void result(Value value) {
        result = Optional.of(value);
        resultColumn = code.column();
    }

    /** Execution goes on at this address. */
    void jump(Value address) {
        target = Optional.of(address);
        targetColumn = code.column();
    }

    /** Whether there is anything to change. */
    boolean any() {
        return !bySlot.isEmpty() || moves();
    }

    /** Whether execution goes on elsewhere. */
    boolean moves() {
        return result.isPresent() || target.isPresent();
    }

    Optional<Value> result() {
        return result;
    }

    Optional<Value> target() {
        return target;
    }

    /** The slots of the registers that get new values. */
    List<Integer> slots() {
        return List.copyOf(bySlot.keySet());
    }

    /** The same changes, the result as the new value of this register. */
    RegisterChanges withResultIn(Register register) {
        RegisterChanges all = new RegisterChanges(code);
        bySlot.forEach((slot, parts) -> parts.forEach(part -> all.register(part.register(), part.value(), part.column())));
        result.ifPresent(value -> all.register(register, value, resultColumn));
        return all;
    }

    /** The jump alone, as the new value of this register. */
    RegisterChanges jumpIn(Register register) {
        RegisterChanges jump = new RegisterChanges(code);
        jump.register(register, target.orElseThrow(), targetColumn);
        return jump;
    }

    private List<Part> parts(int slot) {
        return Objects.requireNonNull(bySlot.get(slot));
    }

    /** Where in the source the register of that slot is changed first. */
    int column(int slot) {
        return parts(slot).get(0).column();
    }

    /** The whole register with its new parts, as the processor would write them: 32 bits clear the upper half. */
    Value word(int slot) {
        List<Part> parts = parts(slot);
        Part first = parts.get(0);
        if (parts.size() == 1 && first.register().bits() == 64) {
            return first.value();
        }
        if (parts.size() == 1 && first.register().bits() == 32) {
            if (first.value().isConstant()) {
                return Value.of(first.value().constant() & 0xFFFF_FFFFL);
            }
            code.cut(first.value(), 32, false);
            return first.value();
        }
        Value word = code.contextWord(slot);
        parts.forEach(part -> merge(word, part));
        return word;
    }

    private void merge(Value word, Part part) {
        Register register = part.register();
        code.alu(word, Alu.AND, ~register.written());
        Value value = code.numbered(part.value());
        code.cut(value, register.bits(), false);
        if (register.shift() > 0) {
            code.alu(value, Alu.LSH, register.shift());
        }
        code.alu(word, Alu.OR, value);
    }
}
