// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

/** One machine instruction: how long it is, where execution goes on behind it, and what it does with addresses. */
interface Instruction {
    int NO_REGISTER = -1;

    /** Where execution goes on. */
    enum Flow {
        /** Behind it, from a call too. */
        ON,
        RETURN,
        /** At {@link #target}. */
        JUMP,
        /** At {@link #target} or behind it. */
        BRANCH,
        /** Where a register or memory says. */
        INDIRECT,
        /** Nowhere: it is there to stop the program. */
        STOP
    }

    /** In bytes. */
    int length();

    Flow flow();

    /** Of a direct jump or branch, or of an operand at a distance from the instruction: in bytes from the beginning of the code. */
    int target();

    boolean isCall();

    /** It only fills a gap. */
    boolean isNop();

    /** Why the kernel puts no breakpoint there; empty: it does. */
    default String refusal() {
        return "";
    }

    /** It is an indirect jump by a pointer at {@link #target}. */
    default boolean byPointer() {
        return false;
    }

    /** It is an indirect jump that the compiler vouches for: one by a table of its own. */
    default boolean untracked() {
        return false;
    }

    /** It is an indirect jump by a table at a fixed address. */
    default boolean byFixedTable() {
        return false;
    }

    /** It is an indirect jump by a table in memory. */
    default boolean byIndexedTable() {
        return false;
    }

    /** Of an indirect jump: the register it goes by; -1: memory. */
    int jumpRegister();

    /** Whether it writes a general register, as far as those instructions go that compute addresses. */
    boolean writes(int register);

    /** The registers whose sum is what it writes; empty: it adds none. */
    int[] adds();

    /** It reads a distance from a table. */
    boolean readsDistance();

    /** It reads an address from a table at a fixed address. */
    default boolean readsFixedTable() {
        return false;
    }

    /** It reads an address from a table in memory. */
    default boolean readsIndexedTable() {
        return false;
    }
}
