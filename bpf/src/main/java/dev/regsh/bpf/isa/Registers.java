// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

/** The registers of eBPF, by number. A call takes its arguments in r1 to r5 and destroys r0 to r5; r6 to r9 outlive it. */
public final class Registers {
    /** A call's result and, at the end, the program's. */
    public static final int R0 = 0;
    /** Where a program begins: its context. */
    public static final int R1 = 1;
    public static final int R2 = 2;
    public static final int R3 = 3;
    public static final int R4 = 4;
    public static final int R5 = 5;
    public static final int R6 = 6;
    public static final int R7 = 7;
    public static final int R8 = 8;
    public static final int R9 = 9;
    /** The end of the program's 512 bytes of stack; it cannot be changed. */
    public static final int FRAME = 10;

    private Registers() {}
}
