// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.bpf.program.EventLayout;
import dev.regsh.bpf.program.EventLayout.Field;
import dev.regsh.bpf.program.EventLayout.Form;
import dev.regsh.session.event.Event;
import dev.regsh.session.event.EventDecoder;
import dev.regsh.session.event.EventSource;
import dev.regsh.session.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTest {
    private static final EventLayout LAYOUT = new EventLayout(List.of(
            new Field("count", Form.CHANGE, 56), new Field("ret", Form.SIGNED, 72, true), new Field("flags", Form.UNSIGNED, 80),
            new Field("file", Form.POINTER, 88), new Field("name", Form.STRING, 96)));

    /** Of rule 3, at the third of its functions. */
    private static final EventDecoder DECODER = new EventDecoder();

    static {
        EventLayout other = new EventLayout(List.of());
        DECODER.add(3, new EventSource("small", List.of(new EventSource.Function("f", other), new EventSource.Function("g", other),
                new EventSource.Function("vfs_read", LAYOUT))));
    }

    private static Event decode(ByteBuffer bytes) {
        return DECODER.decode(bytes).orElseThrow();
    }

    private static ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(LAYOUT.size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(EventLayout.RULE, 3).putLong(EventLayout.TIME, 5_000_000_000L).putInt(EventLayout.PID, 42)
                .putInt(EventLayout.TID, 43).putInt(EventLayout.CPU, 1).putInt(EventLayout.KIND,
                        EventLayout.Kind.DRY.ordinal());
        bytes.position(EventLayout.COMM).put("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        bytes.putLong(EventLayout.FUNCTION, 2);
        bytes.putLong(56, 4096).putLong(64, 10).putLong(72, -12).putLong(80, 0x8000).putLong(88, 0xffff888000000000L);
        bytes.position(96).put("a\u001b[2J".getBytes(StandardCharsets.US_ASCII));
        return bytes.rewind();
    }

    @Test
    void decodesWhatTheProgramSent() {
        ByteBuffer bytes = bytes();
        Event event = decode(bytes);
        assertEquals(new Event(3, "small", "vfs_read", 5_000_000_000L, 42, 43, 1, true, "0123456789abcdef", List.of(
                new Event.Change("count", 4096, 10, true), new Event.Number("ret", -12, true, true), new Event.Number("flags",
                        0x8000, false),
                new Event.Pointer("file", 0xffff888000000000L), new Event.Text("name", "a\u001b[2J"))), event);
    }

    /** comm has 15 bytes, whatever letters they are. */
    @Test
    void aLetterThatIsCutIsLeftOut() {
        for (String comm : List.of("0123456789abcd\u00e9", "0123456789abc\u6f22", "0123456789ab\ud83d\ude00", "0123456789abcde")) {
            ByteBuffer bytes = bytes();
            byte[] name = Arrays.copyOf(comm.getBytes(StandardCharsets.UTF_8), 15);
            bytes.put(32, Arrays.copyOf(name, 16));
            String whole = comm.length() == 15 && comm.charAt(14) < 0x80 ? comm : comm.replaceAll("[^a-f0-9]", "");
            assertEquals(whole, decode(bytes).comm());
        }
    }

    @Test
    void whatIsTooShortIsNoEvent() {
        assertTrue(DECODER.decode(ByteBuffer.allocate(8)).isEmpty());
        ByteBuffer cut = bytes().slice(0, 72).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(1, decode(cut).values().size());
    }

    @Test
    void aLineHasEverythingAndSteersNoTerminal() {
        String line = EventText.line(decode(bytes()));
        assertTrue(line.endsWith(" small 0123456789abcdef[42] vfs_read (dry)  count 4096 -> 10  ret -12 (ENOMEM)"
                + "  flags 32768  file 0xffff888000000000  name \"a\\x1b[2J\""), line);
    }

    @Test
    void aDocumentHasNumbersAsNumbers() {
        String document = Json.write(EventText.fields(decode(bytes())));
        assertTrue(document.contains("\"dry\":true,\"values\":[{\"name\":\"count\",\"old\":4096,\"new\":10},"
                + "{\"name\":\"ret\",\"value\":-12}"), document);
    }

    @Test
    void unsignedNumbersAreNeverNegative() throws IOException {
        Event event = new Event(1, "r", "f", 0, 1, 1, 0, false, "x",
                List.of(new Event.Number("n", -1, false), new Event.Number("s", -1, true),
                        new Event.Pointer("p", -4096), new Event.Change("c", -1, 5, false), new Event.Change("d", -1, -2, true)));
        String document = Json.write(EventText.fields(event));
        assertTrue(document.contains("[{\"name\":\"n\",\"value\":18446744073709551615},{\"name\":\"s\",\"value\":-1},"
                + "{\"name\":\"p\",\"value\":18446744073709547520},{\"name\":\"c\",\"old\":18446744073709551615,\"new\":5},"
                + "{\"name\":\"d\",\"old\":-1,\"new\":-2}]"), document);
        assertEquals(document, Json.write(Json.read(document)));
    }

    @ParameterizedTest
    @CsvSource({"-2,-2 (ENOENT)", "-4095,-4095", "-5000,-5000", "7,7", "-1152921504606846976,0xf000000000000000"})
    void smallNegativeNumbersAreErrnosAndLargeOnesAddresses(long value, String shown) {
        assertEquals(shown, EventText.show(new Event.Number("x", value, true, true)));
    }

    /** AT_FDCWD is -100, as ENETDOWN is 100. */
    @Test
    void whatIsNoErrnoHasNoName() {
        assertEquals("-100", EventText.show(new Event.Number("dfd", -100, true)));
        assertEquals("-100 -> -1", EventText.show(new Event.Change("dfd", -100, -1, true)));
        assertEquals("0 -> -12 (ENOMEM)", EventText.show(new Event.Change("ret", 0, -12, true, true)));
    }
}
