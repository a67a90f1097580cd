// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import java.io.IOException;
import org.jline.utils.NonBlockingInputStream;

/**
 * The keys of a terminal, which ends only when the terminal is gone. JLine waits for a key a tenth of a second at a time
 * (termios VTIME) and takes a read that gives nothing sooner for the end. The kernel counts that time in jiffies: where a
 * guest's processor stood still and its jiffies then catch up, a single read comes back early, and the session, with all
 * its rules, would be over. At a terminal that is gone every read comes back at once.
 */
final class SteadyInput extends NonBlockingInputStream {
    private static final int READS_AT_THE_END = 20;

    private final NonBlockingInputStream keys;

    SteadyInput(NonBlockingInputStream keys) {
        this.keys = keys;
    }

    @Override
    public int read(long timeout, boolean peek) throws IOException {
        int key = keys.read(timeout, peek);
        for (int reads = 1; key == EOF && reads < READS_AT_THE_END; reads++) {
            key = keys.read(timeout, peek);
        }
        return key;
    }

    @Override
    public void close() throws IOException {
        super.close();
        keys.close();
    }
}
