// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

/**
 * An instruction that only the loader can complete.
 *
 * @param index of the 8-byte instruction slot
 * @param name the map's name in the rule, or the function to call
 * @param offset in bytes, of a MAP_VALUE, within the rule's own block of that map
 */
public record Relocation(int index, Kind kind, String name, long offset) {

    public enum Kind {
        /**
         * A call of {@code bpf_override_regs}. The instruction is {@code 0x85} with everything else zero. As a helper:
         * imm = its number. As a kfunc: src = 2 (BPF_PSEUDO_KFUNC_CALL), off = index of the module's BTF in fd_array,
         * imm = the BTF id of the function.
         */
        OVERRIDE_CALL,
        /** A call of {@code bpf_override_mem}, completed like OVERRIDE_CALL. */
        MEM_CALL,
        /** LD_IMM64 with src = 1 (BPF_PSEUDO_MAP_FD): imm = the map's file descriptor. */
        MAP_FD,
        /**
         * LD_IMM64 with src = 2 (BPF_PSEUDO_MAP_VALUE): imm = the map's file descriptor, imm of the second slot = offset +
         * where the rule's block begins in the map's only value (the second slot already holds {@code offset}).
         */
        MAP_VALUE
    }
}
