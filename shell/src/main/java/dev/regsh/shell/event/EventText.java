// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.event;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.text.Printable;
import dev.regsh.session.event.Event;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as people and as programs read it. */
public final class EventText {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final int ERRNOS = 4095;

    private static final Event.Value.Visitor<String> WORDS = new Event.Value.Visitor<>() {
        @Override
        public String visitNumber(Event.Number number) {
            return number.signed() ? signed(number.value(), number.errno()) : unsigned(number.value());
        }

        @Override
        public String visitPointer(Event.Pointer pointer) {
            return "0x" + Long.toHexString(pointer.value());
        }

        @Override
        public String visitText(Event.Text text) {
            return '"' + text.value() + '"';
        }

        @Override
        public String visitChange(Event.Change change) {
            return signed(change.before(), change.errno()) + " -> " + signed(change.after(), change.errno());
        }
    };

    private static final Event.Value.Visitor<Map<String, Object>> CONTENTS = new Event.Value.Visitor<>() {
        @Override
        public Map<String, Object> visitNumber(Event.Number number) {
            return Map.of("value", exactly(number.value(), number.signed()));
        }

        @Override
        public Map<String, Object> visitPointer(Event.Pointer pointer) {
            return Map.of("value", exactly(pointer.value(), false));
        }

        @Override
        public Map<String, Object> visitText(Event.Text text) {
            return Map.of("text", text.value());
        }

        @Override
        public Map<String, Object> visitChange(Event.Change change) {
            Map<String, Object> both = new LinkedHashMap<>();
            both.put("old", exactly(change.before(), change.signed()));
            both.put("new", exactly(change.after(), change.signed()));
            return both;
        }
    };

    private EventText() {}

    /** {@code 14:03:22.123 small cat[1234] vfs_read count 4096 -> 10}. */
    public static String line(Event event) {
        StringBuilder text = new StringBuilder(time(event.nanos())).append(' ').append(event.rule()).append(' ')
                .append(event.comm()).append('[').append(event.pid()).append("] ").append(event.function());
        if (event.dry()) {
            text.append(" (dry)");
        }
        event.values().forEach(value -> text.append("  ").append(value.label()).append(' ').append(show(value)));
        return Printable.escape(text.toString());
    }

    /** A value without its label. */
    public static String show(Event.Value value) {
        return value.accept(WORDS);
    }

    /**
     * Large numbers are addresses.
     *
     * @param errno small negative ones are errnos
     */
    private static String signed(long value, boolean errno) {
        if (errno && value < 0 && value >= -ERRNOS) {
            String name = Errno.name((int) -value);
            return value + (Character.isDigit(name.charAt(0)) ? "" : " (" + name + ")");
        }
        return value > 0xffffffffL || value < -0xffffffffL ? "0x" + Long.toHexString(value) : Long.toString(value);
    }

    private static String unsigned(long value) {
        return value > 0xffffffffL || value < 0 ? "0x" + Long.toHexString(value) : Long.toString(value);
    }

    private static String time(long nanos) {
        return CLOCK.format(LocalTime.ofInstant(instant(nanos), ZoneId.systemDefault()));
    }

    /** Java's nanoTime is CLOCK_MONOTONIC on Linux. */
    private static Instant instant(long nanos) {
        return Instant.now().minusNanos(System.nanoTime() - nanos);
    }

    /** The fields of its document; names are part of the interface (docs/json.md). */
    public static Map<String, Object> fields(Event event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", event.id());
        fields.put("name", event.rule());
        fields.put("time", instant(event.nanos()).toString());
        fields.put("nanos", event.nanos());
        fields.put("pid", event.pid());
        fields.put("tid", event.tid());
        fields.put("cpu", event.cpu());
        fields.put("comm", event.comm());
        fields.put("function", event.function());
        fields.put("dry", event.dry());
        fields.put("values", event.values().stream().map(EventText::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Event.Value value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", value.label());
        fields.putAll(value.accept(CONTENTS));
        return fields;
    }

    /** As it is written: 2^64 - 1 is no -1. */
    private static Number exactly(long value, boolean signed) {
        return signed || value >= 0 ? (Number) value : new BigInteger(Long.toUnsignedString(value));
    }
}
