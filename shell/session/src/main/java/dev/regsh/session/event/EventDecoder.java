// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import dev.regsh.bpf.program.EventLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Bytes of the ring buffer to events, by the layout of the rule and function that sent them. For several threads. */
public final class EventDecoder {
    private static final int COMM = 16;

    private final Map<Integer, EventSource> sources = new ConcurrentHashMap<>();

    /** From here on the events of the rule of that number are understood, also when the rule is gone. */
    public void add(int rule, EventSource source) {
        sources.put(rule, source);
    }

    /** Empty: it is none of a rule that is known. */
    public Optional<Event> decode(ByteBuffer bytes) {
        EventSource source = sources.get(rule(bytes));
        if (source == null) {
            return Optional.empty();
        }
        int function = function(bytes);
        return function >= 0 && function < source.functions().size()
                ? Optional.of(decode(bytes, source.rule(), source.functions().get(function))) : Optional.empty();
    }

    /** The number of the rule, which tells the layout; -1: this is no event. */
    static int rule(ByteBuffer bytes) {
        return bytes.limit() < EventLayout.HEADER ? -1 : (int) bytes.getLong(EventLayout.RULE);
    }

    /** The number of the function among the rule's, whose values may differ. */
    static int function(ByteBuffer bytes) {
        return (int) bytes.getLong(EventLayout.FUNCTION);
    }

    private static Event decode(ByteBuffer bytes, String rule, EventSource.Function function) {
        List<Event.Value> values = new ArrayList<>(function.layout().values().size());
        for (EventLayout.Field field : function.layout().values()) {
            if (field.offset() + field.size() <= bytes.limit()) {
                values.add(value(bytes, field));
            }
        }
        return new Event(rule(bytes), rule, function.name(), bytes.getLong(EventLayout.TIME), bytes.getInt(EventLayout.PID),
                bytes.getInt(EventLayout.TID), bytes.getInt(EventLayout.CPU),
                bytes.getInt(EventLayout.KIND) == EventLayout.Kind.DRY.ordinal(), text(bytes, EventLayout.COMM, COMM), values);
    }

    private static Event.Value value(ByteBuffer bytes, EventLayout.Field field) {
        int at = field.offset();
        return switch (field.form()) {
            case UNSIGNED -> new Event.Number(field.label(), bytes.getLong(at), false);
            case SIGNED -> new Event.Number(field.label(), bytes.getLong(at), true, field.errno());
            case POINTER -> new Event.Pointer(field.label(), bytes.getLong(at));
            case STRING -> new Event.Text(field.label(), text(bytes, at, EventLayout.STRING));
            case CHANGE, UNSIGNED_CHANGE -> new Event.Change(field.label(), bytes.getLong(at), bytes.getLong(at + Long.BYTES),
                    field.form() == EventLayout.Form.CHANGE, field.errno());
        };
    }

    private static String text(ByteBuffer bytes, int at, int most) {
        byte[] text = new byte[most];
        int length = 0;
        while (length < most && bytes.get(at + length) != 0) {
            text[length] = bytes.get(at + length);
            length++;
        }
        // The kernel cuts at bytes, in the middle of a letter too.
        return new String(text, 0, length < most - 1 ? length : wholeLetters(text, length), StandardCharsets.UTF_8);
    }

    /** Without the beginning of a letter at the end, as UTF-8 has it: a byte 11... that says how many 10... follow. */
    private static int wholeLetters(byte[] text, int length) {
        int lead = length - 1;
        while (lead > 0 && lead > length - 4 && (text[lead] & 0xc0) == 0x80) {
            lead--;
        }
        int bytes = Integer.numberOfLeadingZeros(~(text[lead] << 24));
        return bytes > 1 && lead + bytes > length ? lead : length;
    }
}
