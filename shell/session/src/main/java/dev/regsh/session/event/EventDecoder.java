// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import dev.regsh.bpf.program.EventLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes of the ring buffer to events, by the layout of the rule and function that sent them. */
public final class EventDecoder {
    private static final int COMM = 16;

    private EventDecoder() {}

    /** The number of the rule, which tells the layout; -1: this is no event. */
    public static int rule(ByteBuffer bytes) {
        return bytes.limit() < EventLayout.HEADER ? -1 : (int) bytes.getLong(EventLayout.RULE);
    }

    /** The number of the function among the rule's, whose values may differ. */
    public static int function(ByteBuffer bytes) {
        return (int) bytes.getLong(EventLayout.FUNCTION);
    }

    public static Event decode(ByteBuffer bytes, EventLayout layout) {
        List<Event.Value> values = new ArrayList<>(layout.values().size());
        for (EventLayout.Field field : layout.values()) {
            if (field.offset() + field.size() <= bytes.limit()) {
                values.add(value(bytes, field));
            }
        }
        return new Event((int) bytes.getLong(EventLayout.RULE), bytes.getLong(EventLayout.TIME),
                bytes.getInt(EventLayout.PID),
                bytes.getInt(EventLayout.TID), bytes.getInt(EventLayout.CPU),
                bytes.getInt(EventLayout.KIND) == EventLayout.Kind.DRY.ordinal(), text(bytes, EventLayout.COMM, COMM),
                function(bytes), values);
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
