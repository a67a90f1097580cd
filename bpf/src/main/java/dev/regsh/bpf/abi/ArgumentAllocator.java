// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.abi;

import dev.regsh.bpf.register.Register;
import java.util.ArrayList;
import java.util.List;

/** The places for arguments of one call, given away in order. */
final class ArgumentAllocator {
    /** Both architectures pass eight floating point arguments in registers. */
    private static final int VECTORS = 8;
    private static final int WORD = 8;

    private final List<Register> registers;
    private final String vectorName;
    private int nextRegister;
    private int nextVector;
    private long stack;

    /** @param vectorName of the floating point registers, before their number */
    ArgumentAllocator(List<Register> registers, String vectorName) {
        this.registers = registers;
        this.vectorName = vectorName;
    }

    boolean has(int wanted, int vectors) {
        return nextRegister + wanted <= registers.size() && nextVector + vectors <= VECTORS;
    }

    Passing.Part register() {
        return Passing.Part.of(registers.get(nextRegister++));
    }

    Passing.Part vector() {
        return Passing.Part.unseen(vectorName + nextVector++);
    }

    List<Passing.Part> registers(int count) {
        List<Passing.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(register());
        }
        return parts;
    }

    /** The next one has an even number. */
    void evenRegister() {
        nextRegister += nextRegister % 2;
    }

    void noMoreRegisters() {
        nextRegister = registers.size();
    }

    void noMoreVectors() {
        nextVector = VECTORS;
    }

    Passing stack(long size, long alignment) {
        long step = Math.max(WORD, alignment);
        stack = (stack + step - 1) / step * step;
        Passing.OnStack place = new Passing.OnStack(stack);
        stack += (size + WORD - 1) / WORD * WORD;
        return place;
    }

    /** Integers as many as there are registers, and one more. */
    List<Passing> more() {
        List<Passing> places = new ArrayList<>();
        for (int i = 0; i <= registers.size(); i++) {
            places.add(has(1, 0) ? new Passing.InRegisters(List.of(register())) : stack(WORD, WORD));
        }
        return places;
    }
}
