// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.grammar.source.Source;
import java.util.function.Consumer;

/** Says now and then how far a long script has come. */
final class Progress {
    private static final long INTERVAL = 5_000_000_000L;
    /** Statements of a script that counts as long. */
    private static final int LONG = 20;

    private final Consumer<String> notes;
    private final int all;
    private final long start = System.nanoTime();
    private long said = start;
    private int done;

    /** @param all how many statements there are */
    Progress(int all, Consumer<String> notes) {
        this.all = all;
        this.notes = notes;
    }

    /** The statement there begins. */
    void next(Source source, int offset) {
        done++;
        long now = System.nanoTime();
        if (all >= LONG && now - said >= INTERVAL) {
            said = now;
            notes.accept(source.name() + ":" + source.span(offset, 0).line() + ": statement " + done + " of " + all + ", after "
                    + (now - start) / 1_000_000_000L + " s");
        }
    }
}
