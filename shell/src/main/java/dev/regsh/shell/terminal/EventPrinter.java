// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import java.util.function.Consumer;

/** Puts events above the prompt, as many a second as one can read; the others are counted. For several threads. */
final class EventPrinter {
    private static final int LINES_A_SECOND = 20;
    private static final long SECOND = 1_000_000_000L;

    private final Consumer<String> lines;
    private long since;
    private int shown;
    private long left;

    /** @param lines prints one without breaking what is being typed */
    EventPrinter(Consumer<String> lines) {
        this.lines = lines;
    }

    /** @param now in nanoseconds of any clock that only goes forward */
    synchronized void print(String line, long now) {
        if (now - since >= SECOND) {
            summarize();
            since = now;
            shown = 0;
        }
        if (shown < LINES_A_SECOND) {
            shown++;
            lines.accept(line);
        } else {
            left++;
        }
    }

    /** Says how many were not shown, if some were not. */
    synchronized void summarize() {
        if (left > 0) {
            lines.accept("and " + left + (left == 1 ? " event" : " events") + " more; the command events shows rates");
            left = 0;
        }
    }
}
