// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import java.util.function.Consumer;

/**
 * Puts events above the prompt: a burst in full, a flood at the pace at which one can read. The others are counted. For several
 * threads.
 */
final class EventPrinter {
    private static final int BURST = 100;
    private static final int LINES_A_SECOND = 20;
    private static final long SECOND = 1_000_000_000L;

    private final Consumer<String> lines;
    /** How many may be printed now, in nanoseconds of the pace. */
    private long allowed = BURST * SECOND;
    private long since;
    private long left;
    private long lastLeft;

    /** @param lines prints one without breaking what is being typed */
    EventPrinter(Consumer<String> lines) {
        this.lines = lines;
    }

    /** @param now in nanoseconds of any clock that only goes forward */
    synchronized void print(String line, long now) {
        long passed = Math.min(now - since, BURST * SECOND);
        allowed = Math.min(BURST * SECOND, allowed + passed * LINES_A_SECOND);
        since = now;
        // Once some are left out, a second's worth is saved up, so that not each line has a summary of its own.
        if (left > 0 && allowed >= LINES_A_SECOND * SECOND) {
            summarize();
        }
        if (left == 0 && allowed >= SECOND) {
            allowed -= SECOND;
            lines.accept(line);
        } else {
            left++;
            lastLeft = now;
        }
    }

    /** Says how many were not shown, if some were not and no more have come for a while. */
    synchronized void pause(long now) {
        if (now - lastLeft >= SECOND / 2) {
            summarize();
        }
    }

    /** Says how many were not shown, if some were not. */
    synchronized void summarize() {
        if (left > 0) {
            lines.accept("and " + left + " more; the command events shows " + (left == 1 ? "it" : "them"));
            left = 0;
        }
    }
}
