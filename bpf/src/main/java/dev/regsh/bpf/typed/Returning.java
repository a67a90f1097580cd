// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

/** How a probe sees a function return. */
public enum Returning {
    /** It is not about returns. */
    NOT,
    /** The kernel has put an address of its own in place of the return address, which is off the stack by then. */
    HOOKED,
    /** At the function's return instructions, which are all there are. */
    AT_INSTRUCTIONS,
    /** The same of a function that also ends in calls of others, made into jumps: its calls are remembered. */
    AT_SOME_INSTRUCTIONS,
    /** At the return instructions of those others: only where they return for the function. */
    AT_LAST_CALLS;

    public boolean after() {
        return this != NOT;
    }

    /** The return address is on the stack still, as it was at the entry. */
    public boolean addressOnStack() {
        return after() && this != HOOKED;
    }
}
