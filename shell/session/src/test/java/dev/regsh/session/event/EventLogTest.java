// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.bpf.program.EventLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final EventLayout NUMBER = new EventLayout(List.of(new EventLayout.Field("a", EventLayout.Form.UNSIGNED,
            EventLayout.HEADER)));

    private static final EventSource ONE = new EventSource("one", List.of(new EventSource.Function("f", NUMBER)));

    private static EventDecoder knowing() {
        EventDecoder decoder = new EventDecoder();
        decoder.add(1, ONE);
        return decoder;
    }

    /** An event of rule 1 with a value, and so many bytes behind it. */
    private static ByteBuffer event(long value, int more) {
        return ByteBuffer.allocate(EventLayout.HEADER + 8 + more).order(ByteOrder.nativeOrder()).putLong(EventLayout.RULE, 1)
                .putLong(EventLayout.HEADER, value);
    }

    private static long value(EventLog log, long number) {
        return ((Event.Number) log.get(number).orElseThrow().values().get(0)).value();
    }

    @Test
    void theLastOfAnyNumberAreThere() {
        EventLog log = new EventLog(10_000, knowing());
        for (int i = 0; i < 5000; i++) {
            assertEquals(i, ((Event.Number) log.add(event(i, i * 7 % 400)).orElseThrow().values().get(0)).value());
            assertEquals(i + 1, log.end());
            for (long number = log.first(); number < log.end(); number++) {
                assertEquals(number, value(log, number));
            }
        }
        long kept = log.end() - log.first();
        assertTrue(kept >= 10_000 / (EventLayout.HEADER + 8 + 400) && kept <= 10_000 / EventLayout.HEADER, "kept " + kept);
        assertTrue(log.get(log.first() - 1).isEmpty());
        assertTrue(log.get(log.end()).isEmpty());
    }

    @Test
    void whatIsNoEventIsNone() {
        EventDecoder decoder = new EventDecoder();
        EventLog log = new EventLog(1000, decoder);
        assertTrue(log.add(event(5, 0)).isEmpty(), "no such rule");
        decoder.add(1, ONE);
        assertTrue(log.add(ByteBuffer.allocate(8)).isEmpty(), "too short");
        assertEquals(0, log.end());
    }

    @Test
    void nothingIsKeptWhereNothingIsToBe() {
        EventLog log = new EventLog(0, knowing());
        assertTrue(log.add(event(5, 0)).isPresent());
        assertEquals(0, log.end());
    }
}
