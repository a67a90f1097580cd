// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.jline.utils.NonBlockingInputStream;
import org.junit.jupiter.api.Test;

class SteadyInputTest {
    @Test
    void aReadThatComesBackEarlyIsNoEnd() throws IOException {
        assertEquals('k', new SteadyInput(new Keys(3)).read(0L, false));
    }

    @Test
    void atATerminalThatIsGoneItEnds() throws IOException {
        assertEquals(NonBlockingInputStream.EOF, new SteadyInput(new Keys(Integer.MAX_VALUE)).read(0L, false));
    }

    @Test
    void anExpiredWaitIsPassedOn() throws IOException {
        NonBlockingInputStream quiet = new NonBlockingInputStream() {
            @Override
            public int read(long timeout, boolean peek) {
                return READ_EXPIRED;
            }
        };
        assertEquals(NonBlockingInputStream.READ_EXPIRED, new SteadyInput(quiet).read(10L, false));
    }

    /** Gives nothing some times, then a key. */
    private static final class Keys extends NonBlockingInputStream {
        private int empty;

        Keys(int empty) {
            this.empty = empty;
        }

        @Override
        public int read(long timeout, boolean peek) {
            return empty-- > 0 ? EOF : 'k';
        }
    }
}
