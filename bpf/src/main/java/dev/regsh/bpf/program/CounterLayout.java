// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

/**
 * A rule's block in the session's counter map: two cache lines of 64-bit words, the second seldom used. Offsets are in
 * bytes from the block's start. All programs of a rule (a glob makes several) share one block.
 */
public final class CounterLayout {
    public static final int SIZE = 128;

    /** 1: armed, 0: disarmed; written by user space, any time. The program also adds it to {@link #HITS}. */
    public static final int ARMED = 0;
    /** Times the selectors matched. */
    public static final int HITS = 8;
    /** Times the actions ran; not counted where the rule says that fired is hits: use {@link #fired}. */
    public static final int FIRED = 16;
    /** Times an action failed or an address was unreadable. */
    public static final int ERRORS = 24;
    /**
     * The time, in the kernel's ticks since its boot (bpf_jiffies64), after which the rule does nothing: what the session's
     * watchdog moves on. So a rule whose owner is gone or hangs comes to rest by itself. {@link #FOR_EVER} of a kept rule.
     */
    public static final int UNTIL = 32;
    /** The last error: a negative errno plus {@link Failing#word} of what failed; 0: none yet. */
    public static final int LAST_ERROR = 80;
    /** Times {@code limit} let pass, without those whose actions failed. */
    public static final int TAKEN = 40;
    /** For {@code for}: CLOCK_MONOTONIC nanoseconds after which the rule no longer applies; user space writes it when the
     * rule is armed. */
    public static final int DEADLINE = 48;
    /** 32 bits: the process whose rule it is, as the initial pid namespace numbers it; {@link #NOBODY} of a kept rule. */
    public static final int SESSION = 56;
    /** 32 bits: the process that watches over the session, in the same way. */
    public static final int WATCHDOG = 60;
    /** Events that found the ring buffer full. */
    public static final int DROPPED = 64;
    /** The rule's number in the session, which events carry; written by user space. */
    public static final int RULE = 72;

    /** Returns of calls whose arguments at the entry were not kept, so that the rule could not see them. */
    public static final int UNKEPT = 112;
    /** The address that {@link #LAST_ERROR} is about, where it was a read. */
    public static final int ERROR_ADDRESS = 120;

    /** 1: the watchdog moves {@link #UNTIL} on. */
    public static final int LEASED = 88;

    public static final long FOR_EVER = -1;
    /** The number of no process: 0 is the idle task's. */
    public static final int NOBODY = -1;

    private CounterLayout() {}

    /** How often the actions ran, from the words of a block. */
    public static long fired(boolean firedIsHits, long hits, long fired, long errors) {
        return firedIsHits ? Math.max(0, hits - errors) : fired;
    }
}
