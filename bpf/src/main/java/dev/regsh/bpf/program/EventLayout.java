// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import java.util.List;

/**
 * What a rule's events look like in the ring buffer, little-endian. A header of {@link #HEADER} bytes, then the values in
 * order, each padded to 8 bytes: an integer is 8 bytes, a string {@link #STRING} bytes, NUL-terminated unless full. A
 * change is two values, old and new.
 *
 * @param values what follows the header, in order
 */
public record EventLayout(List<Field> values) {
    /** u64: the rule's number ({@link CounterLayout#RULE}). */
    public static final int RULE = 0;
    /** u64: CLOCK_MONOTONIC nanoseconds. */
    public static final int TIME = 8;
    /** u32: the process as user space sees it (tgid). */
    public static final int TID = 16;
    /** u32: the thread. Both come from one u64 of the kernel, thread in the lower half. */
    public static final int PID = 20;
    /** u32. */
    public static final int CPU = 24;
    /** u32: {@link Kind#ordinal()}. */
    public static final int KIND = 28;
    /** 16 bytes, NUL-terminated. */
    public static final int COMM = 32;
    /** u64: the number of the rule's function it comes from; their values differ. */
    public static final int FUNCTION = 48;
    public static final int HEADER = 56;
    public static final int STRING = 64;

    public enum Kind { FIRED, DRY }

    /**
     * @param label as the source has it
     * @param errno it may be a negated errno
     */
    public record Field(String label, Form form, int offset, boolean errno) {
        public Field(String label, Form form, int offset) {
            this(label, form, offset, false);
        }

        /** In bytes. */
        public int size() {
            return form == Form.STRING ? STRING : form == Form.CHANGE || form == Form.UNSIGNED_CHANGE ? 16 : 8;
        }
    }

    public enum Form { UNSIGNED, SIGNED, POINTER, STRING, CHANGE, UNSIGNED_CHANGE }

    public EventLayout {
        values = List.copyOf(values);
    }

    /** Bytes of one event. */
    public int size() {
        return values.isEmpty() ? HEADER : values.get(values.size() - 1).offset() + values.get(values.size() - 1).size();
    }
}
