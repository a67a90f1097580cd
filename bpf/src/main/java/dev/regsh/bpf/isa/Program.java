// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

import java.util.List;

/**
 * One eBPF program, complete but for its relocations.
 *
 * @param instructions 8 bytes each; the lowest byte of the long is the first in memory (little-endian kernel)
 * @param columns the source column each instruction comes from, counted from 1; 0: made by the compiler
 */
public record Program(long[] instructions, List<Relocation> relocations, int[] columns) {
    public Program {
        relocations = List.copyOf(relocations);
    }

    /** It calls a helper that sleeps: to be loaded with BPF_F_SLEEPABLE. */
    public boolean sleeps() {
        long call = 0x85 | (long) Helper.COPY_FROM_USER.number() << 32;
        for (long instruction : instructions) {
            if (instruction == call) {
                return true;
            }
        }
        return false;
    }

    public int length() {
        return instructions.length;
    }

    /** With every relocation completed by the patcher's answer. */
    public long[] link(Linker linker) {
        long[] linked = instructions.clone();
        for (Relocation relocation : relocations) {
            int at = relocation.index();
            Linker.Patch patch = linker.resolve(relocation);
            linked[at] = (linked[at] & 0xFFL) | (patch.source() & 0xFL) << 12 | (linked[at] & 0x0F00L)
                    | (patch.offset() & 0xFFFFL) << 16 | (patch.immediate() & 0xFFFFFFFFL) << 32;
            if (relocation.kind() == Relocation.Kind.MAP_VALUE) {
                linked[at + 1] = (relocation.offset() + patch.valueOffset() & 0xFFFFFFFFL) << 32;
            }
        }
        return linked;
    }

    /** Knows what only the running session knows: descriptors, helper numbers, BTF ids. */
    @FunctionalInterface
    public interface Linker {
        Patch resolve(Relocation relocation);

        /**
         * What goes into the instruction.
         *
         * @param source 0 helper call, 1 map, 2 map value or kfunc
         * @param offset index in fd_array for a kfunc, else 0
         * @param valueOffset where the rule's block begins in the map's value, for MAP_VALUE, in bytes
         */
        record Patch(int source, int offset, int immediate, long valueOffset) {
            public static Patch helper(int number) {
                return new Patch(0, 0, number, 0);
            }

            public static Patch kfunc(int fdArrayIndex, int btfId) {
                return new Patch(2, fdArrayIndex, btfId, 0);
            }

            public static Patch map(int fd) {
                return new Patch(1, 0, fd, 0);
            }

            public static Patch mapValue(int fd, long blockOffset) {
                return new Patch(2, 0, fd, blockOffset);
            }
        }
    }
}
