// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import java.util.List;

/**
 * A hit of a rule that logs.
 *
 * @param id the rule's number
 * @param rule its name, or its number where it has none
 * @param function the one that was called
 * @param nanos CLOCK_MONOTONIC
 * @param dry nothing was changed
 */
public record Event(int id, String rule, String function, long nanos, int pid, int tid, int cpu, boolean dry, String comm,
        List<Value> values) {
    /** What a rule has logged of a hit. */
    public sealed interface Value {
        /** As the rule has it. */
        String label();

        <R> R accept(Visitor<R> visitor);

        /** One method for each kind of value. */
        interface Visitor<R> {
            R visitNumber(Number number);

            R visitPointer(Pointer pointer);

            R visitText(Text text);

            R visitChange(Change change);
        }
    }

    /** @param errno it may be a negated errno */
    public record Number(String label, long value, boolean signed, boolean errno) implements Value {
        public Number(String label, long value, boolean signed) {
            this(label, value, signed, false);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitNumber(this);
        }
    }

    public record Pointer(String label, long value) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitPointer(this);
        }
    }

    public record Text(String label, String value) implements Value {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitText(this);
        }
    }

    /**
     * What was there, and what is, or would be, instead.
     *
     * @param signed the type of what it is in
     * @param errno both may be negated errnos
     */
    public record Change(String label, long before, long after, boolean signed, boolean errno) implements Value {
        public Change(String label, long before, long after, boolean signed) {
            this(label, before, after, signed, false);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitChange(this);
        }
    }
}
