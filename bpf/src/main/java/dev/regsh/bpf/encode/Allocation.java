// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.encode;

/**
 * Where each value lives.
 *
 * @param registers of each value; {@link #SPILLED}: in the frame
 * @param spills offset of each spilled value from the frame pointer
 * @param context the register that holds the context: r1 as it came, or r6 when a call comes before its last use
 * @param stackBytes the whole frame
 */
record Allocation(int[] registers, int[] spills, int context, int stackBytes) {
    static final int SPILLED = -1;

    boolean spilled(int value) {
        return registers[value] == SPILLED;
    }
}
