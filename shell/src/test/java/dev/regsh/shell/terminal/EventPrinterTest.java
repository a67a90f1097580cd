// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPrinterTest {
    private final List<String> lines = new ArrayList<>();
    private final EventPrinter printer = new EventPrinter(lines::add);

    /** The file that one asked for may be the last of those a program opens. */
    @Test
    void aBurstIsShownWhole() {
        for (int i = 0; i < 100; i++) {
            printer.print("event " + i, 5_000_000_000L + i);
        }
        assertEquals(100, lines.size());
        printer.pause(6_000_000_000L);
        assertEquals("event 99", lines.get(99));
    }

    @Test
    void aFloodIsCounted() {
        for (int i = 0; i < 180; i++) {
            printer.print("event " + i, 5_000_000_000L + i);
        }
        assertEquals(100, lines.size());
        printer.print("later", 7_000_000_000L);
        assertEquals(List.of("and 80 more; the command events shows them", "later"), lines.subList(100, 102));
    }

    @Test
    void ofALongFloodTwentyLinesASecondAreShown() {
        for (int millis = 0; millis < 10_000; millis++) {
            printer.print("event", 5_000_000_000L + millis * 1_000_000L);
        }
        assertTrue(lines.size() >= 270 && lines.size() <= 320, lines.size() + " lines");
    }

    @Test
    void whatWasLeftOutIsSaidInTime() {
        for (int i = 0; i < 101; i++) {
            printer.print("event", 5_000_000_000L);
        }
        printer.pause(5_100_000_000L);
        assertEquals(100, lines.size(), "more may come");
        printer.pause(5_600_000_000L);
        printer.summarize();
        assertEquals("and 1 more; the command events shows it", lines.get(100));
        assertEquals(101, lines.size());
    }
}
