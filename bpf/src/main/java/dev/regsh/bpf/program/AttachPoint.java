// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

/** Where a program is attached; offsets are in bytes. */
public sealed interface AttachPoint {
    /** Attached to the function's return (kretprobe, uretprobe), not to the instruction. */
    boolean onReturn();

    /** The same function where it is entered. */
    AttachPoint atEntry();

    /**
     * A kernel instruction (kprobe).
     *
     * @param module empty: the kernel image
     * @param address of the function, to be used instead of its name where {@code byAddress}; may be 0 otherwise
     * @param byAddress the name alone is ambiguous
     */
    record Kernel(String module, String function, long address, boolean byAddress, long offset, boolean onReturn)
            implements AttachPoint {
        @Override
        public AttachPoint atEntry() {
            return new Kernel(module, function, address, byAddress, offset, false);
        }

        @Override
        public String toString() {
            return (module.isEmpty() ? "" : module + ":") + function + (byAddress ? "@0x" + Long.toHexString(address) : "")
                    + (offset == 0 ? "" : "+0x" + Long.toHexString(offset));
        }
    }

    /**
     * An instruction in a file that is mapped executable (uprobe).
     *
     * @param symbol for showing; empty: only the offset is known
     * @param fileOffset in the file, not a virtual address
     * @param address virtual, as the file is linked
     * @param first it is the function's first instruction, as far as is known
     * @param pid the only process; -1: all
     */
    record User(String path, String symbol, long fileOffset, long address, boolean first, int pid, boolean onReturn)
            implements AttachPoint {
        @Override
        public AttachPoint atEntry() {
            return new User(path, symbol, fileOffset, address, first, pid, false);
        }

        @Override
        public String toString() {
            return path + (symbol.isEmpty() ? "+0x" + Long.toHexString(fileOffset) : ":" + symbol);
        }
    }
}
