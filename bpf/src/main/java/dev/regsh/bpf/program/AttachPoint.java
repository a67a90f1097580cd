// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import java.util.List;

/** Where a program is attached; offsets are in bytes. */
public sealed interface AttachPoint {
    /** What is done with each kind of place. */
    interface Visitor<R> {
        R visitKernel(Kernel point);

        R visitUser(User point);
    }

    <R> R accept(Visitor<R> visitor);

    /** Whether a place is where a function is entered. */
    enum Entry { YES, NO, UNKNOWN }

    /** Attached to the function's return, not to an instruction that the rule names. */
    boolean onReturn();

    /** Its name alone; empty: only an offset in a file is known. */
    String function();

    /** The same function where it is entered. */
    AttachPoint atEntry();

    /**
     * A kernel instruction (kprobe).
     *
     * @param module empty: the kernel image
     * @param address of the function, to be used instead of its name where {@code byAddress}; may be 0 otherwise
     * @param byAddress the name alone is ambiguous
     */
    record Kernel(String module, String function, long address, boolean byAddress, long offset,
            boolean onReturn) implements AttachPoint {
        @Override
        public AttachPoint atEntry() {
            return new Kernel(module, function, address, byAddress, offset, false);
        }

        @Override
        public String toString() {
            return (module.isEmpty() ? "" : module + ":") + function + (byAddress ? "@0x" + Long.toHexString(address) : "")
                    + (offset == 0 ? "" : "+0x" + Long.toHexString(offset));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitKernel(this);
        }
    }

    /**
     * An instruction in a file that is mapped executable (uprobe).
     *
     * @param symbol for showing, with the offset in it; empty: only that in the file is known
     * @param fileOffset in the file, not a virtual address
     * @param address virtual, as the file is linked
     * @param entry whether it is a function's first instruction
     * @param pid the only process; -1: all
     * @param exits for a probe at its return, where its return instructions are in the file; none, and no last calls: its return
     *     address is hooked
     * @param lastCalls the same of functions that it ends in by a jump
     */
    record User(String path, String symbol, long fileOffset, long address, Entry entry, int pid, boolean onReturn,
            List<Long> exits, List<Long> lastCalls) implements AttachPoint {
        public User {
            exits = List.copyOf(exits);
            lastCalls = List.copyOf(lastCalls);
        }

        @Override
        public AttachPoint atEntry() {
            return new User(path, symbol, fileOffset, address, entry, pid, false, List.of(), List.of());
        }

        /** The same function, at these return instructions. */
        public User at(List<Long> own, List<Long> ofLastCalls) {
            return new User(path, symbol, fileOffset, address, entry, pid, onReturn, own, ofLastCalls);
        }

        /** Nothing but the return instructions of the functions that it ends in. */
        public User atLastCalls() {
            return at(lastCalls, List.of());
        }

        /** Where the probes go in the file. */
        public List<Long> places() {
            return hooked() || !onReturn ? List.of(fileOffset) : exits;
        }

        /** Its return address is replaced. */
        public boolean hooked() {
            return onReturn && exits.isEmpty() && lastCalls.isEmpty();
        }

        @Override
        public String function() {
            return symbol;
        }

        @Override
        public String toString() {
            return path + (symbol.isEmpty() ? "+0x" + Long.toHexString(fileOffset) : ":" + symbol);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitUser(this);
        }
    }
}
