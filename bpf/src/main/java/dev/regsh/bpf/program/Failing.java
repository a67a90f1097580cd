// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import org.jspecify.annotations.Nullable;

/**
 * A part of a rule that can fail at a hit. A program that saw it fail leaves its number and the errno in
 * {@link CounterLayout#LAST_ERROR}, and the address of a read in {@link CounterLayout#ERROR_ADDRESS}.
 *
 * @param what as the rule has it: {@code str(filename)}
 */
public record Failing(Kind kind, String what) {
    public enum Kind {
        /** A read of kernel memory. */
        KERNEL_READ,
        /** A rule in the kernel reads memory of the process, and cannot wait for a page. */
        USER_READ,
        /** The same at a user probe of a kernel that lets its programs not wait either. */
        USER_READ_NO_WAIT,
        /** The same where the program waits for the page. */
        USER_READ_WAITS,
        KERNEL_WRITE,
        USER_WRITE,
        /** A change of registers in the kernel, refused by the kernel. */
        REGISTERS,
        /** The same in a user program. */
        USER_REGISTERS,
        /** Another rule has left the function at this hit. */
        LEFT,
        /** The task has a shadow stack. */
        SHADOW_STACK,
        SIGNAL;

        /** It is about an address. */
        public boolean reads() {
            return this == KERNEL_READ || this == USER_READ || this == USER_READ_NO_WAIT || this == USER_READ_WAITS;
        }
    }

    /** The number of the part that failed, from 0, where the word {@link CounterLayout#LAST_ERROR} is not 0. */
    public static int number(long lastError) {
        return (int) ((lastError - (int) lastError) >> 32);
    }

    /** What stands in the upper half of that word for a number; the errno is added to it. */
    public static long word(int number) {
        return (long) number << 32;
    }

    // Written out, as every rule asks for them: a record's own are linked at run time, and the first ones cost a twelfth of the time
    // from start to rule.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Failing part && kind == part.kind && what.equals(part.what);
    }

    @Override
    public int hashCode() {
        return kind.hashCode() * 31 + what.hashCode();
    }
}
