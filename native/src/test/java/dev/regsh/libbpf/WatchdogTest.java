// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With two blocks of rules that no program has; offsets as in CounterLayout. */
class WatchdogTest {
    private static final int SIZE = 128;
    private static final int UNTIL = 32;
    private static final int SESSION = 56;
    private static final int WATCHDOG = 60;
    private static final int LEASED = 88;
    private static final int OWN = 2 * SIZE;
    private static final int START_MILLIS = 60_000;

    @Test
    void movesTimeOnAndDisarmsInTheEnd() throws InterruptedException {
        assumeTrue(Capabilities.effective().has(Capabilities.SYS_ADMIN) && Files.exists(Path.of("/sys/kernel/btf/vmlinux")),
                "needs root and a kernel with BTF");
        try (BpfMap map = new BpfMap(2, "test", 4, 3 * SIZE, 1, BpfMap.MMAPABLE)) {
            ByteBuffer blocks = map.mapped(3 * SIZE);
            blocks.putLong(0, 1).putLong(LEASED, 1).putInt(SESSION, 4711).putLong(SIZE, 1);
            try (Watchdog watchdog = new Watchdog(map)) {
                assertEquals(Watchdog.Word.READY, watchdog.next(START_MILLIS));
                assertNotEquals(0, blocks.getInt(OWN + WATCHDOG));
                assertEquals(Watchdog.Word.ASKS, watchdog.next(START_MILLIS));
                watchdog.answer();
                long first = blocks.getLong(UNTIL);
                assertTrue(first > 0);
                assertEquals(Watchdog.Word.ASKS, watchdog.next(START_MILLIS));
                assertTrue(blocks.getLong(UNTIL) > first, first + " is not moved on");
                assertEquals(0, blocks.getLong(SIZE + UNTIL), "a rule that is kept");
                assertEquals(1, blocks.getLong(0));
            }
            // It goes when its session does, and then this is done.
            while (blocks.getInt(SESSION) != -1) {
                Thread.sleep(10);
            }
            assertEquals(0, blocks.getLong(0));
            assertEquals(1, blocks.getLong(SIZE));
        }
    }
}
