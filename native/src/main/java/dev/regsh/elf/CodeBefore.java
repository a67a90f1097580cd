// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.util.HashSet;
import java.util.Set;

/** The last instructions before one: where a jump by a register goes is told by how the register got its value. */
final class CodeBefore {
    private static final int SIZE = 12;

    private final X86Instruction[] last = new X86Instruction[SIZE];
    private int count;

    void add(X86Instruction instruction) {
        last[count++ % SIZE] = instruction;
    }

    /** Whether what a register holds comes from a table in the code before: an address, or a distance that a base was added to. */
    boolean fromTable(int register) {
        Set<Integer> parts = new HashSet<>(Set.of(register));
        boolean added = false;
        for (int i = 1; i <= SIZE && count - i >= 0 && !parts.isEmpty(); i++) {
            X86Instruction instruction = last[(count - i) % SIZE];
            boolean fromBefore = instruction.flow() == X86Instruction.Flow.ON || instruction.flow() == X86Instruction.Flow.BRANCH;
            if (!fromBefore || instruction.isCall()) {
                return false;
            }
            int written = instruction.writes();
            if (!parts.contains(written)) {
                continue;
            }
            if (added ? instruction.readsDistance() : instruction.readsFixedTable()) {
                return true;
            }
            if (!added && instruction.adds() >= 0) {
                added = true;
                parts.add(instruction.adds());
            } else {
                parts.remove(written);
            }
        }
        return false;
    }
}
