// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.util.HashSet;
import java.util.Set;

/** The last instructions before one: where a jump by a register goes is told by how the register got its value. */
final class CodeBefore {
    private static final int SIZE = 12;

    private final Instruction[] last = new Instruction[SIZE];
    private int count;

    void add(Instruction instruction) {
        last[count++ % SIZE] = instruction;
    }

    /**
     * Whether what a register holds comes from a table in the code before: an address, or a distance that a base was added to.
     *
     * @param noPointers a pointer from a table in memory is none of a function: the compiler makes no last calls by such
     */
    boolean fromTable(int register, boolean noPointers) {
        Set<Integer> parts = new HashSet<>(Set.of(register));
        boolean added = false;
        for (int i = 1; i <= SIZE && count - i >= 0 && !parts.isEmpty(); i++) {
            Instruction instruction = last[(count - i) % SIZE];
            boolean fromBefore = instruction.flow() == Instruction.Flow.ON || instruction.flow() == Instruction.Flow.BRANCH;
            if (!fromBefore || instruction.isCall()) {
                return false;
            }
            if (parts.stream().noneMatch(instruction::writes)) {
                continue;
            }
            if (added ? instruction.readsDistance()
                    : instruction.readsFixedTable() || (noPointers && instruction.readsIndexedTable())) {
                return true;
            }
            parts.removeIf(instruction::writes);
            if (!added) {
                for (int part : instruction.adds()) {
                    added = true;
                    parts.add(part);
                }
            }
        }
        return false;
    }
}
