// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventPrinterTest {
    private final List<String> lines = new ArrayList<>();
    private final EventPrinter printer = new EventPrinter(lines::add);

    @Test
    void aFloodIsCounted() {
        for (int i = 0; i < 100; i++) {
            printer.print("event " + i, 5_000_000_000L + i);
        }
        assertEquals(20, lines.size());
        printer.print("later", 7_000_000_000L);
        assertEquals(List.of("and 80 events more; the command events shows rates", "later"), lines.subList(20, 22));
    }

    @Test
    void whatWasLeftOutIsSaidAtThePrompt() {
        for (int i = 0; i < 21; i++) {
            printer.print("event", 5_000_000_000L);
        }
        printer.summarize();
        printer.summarize();
        assertEquals("and 1 event more; the command events shows rates", lines.get(20));
        assertEquals(21, lines.size());
    }
}
