// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import dev.regsh.bpf.typed.ContextName;

/** What an expression sees at a hit. */
interface HitState {
    /** A word of the registers, by {@link dev.regsh.bpf.register.Register#slot()}. */
    long word(int slot);

    long context(ContextName name);

    /** The name of the task, without its NUL. */
    byte[] comm();

    /** A word of the registers as it was at the function's entry. */
    long entryValue(int slot);

    /**
     * A byte of memory.
     *
     * @throws Fault it cannot be read
     */
    byte read(boolean user, long address);

    /** Memory that cannot be read. */
    final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fault() {
            super("unreadable memory", null, false, false);
        }
    }
}
