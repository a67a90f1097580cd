// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

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
    /**
     * The number that was logged under this label; what a change has made of it.
     *
     * @throws NoSuchElementException if no number was logged under it
     */
    public long number(String label) {
        return logged(label, NUMBER);
    }

    /**
     * The text that was logged under this label.
     *
     * @throws NoSuchElementException if no text was logged under it
     */
    public String text(String label) {
        return logged(label, TEXT);
    }

    private <T> T logged(String label, Value.Visitor<Optional<T>> content) {
        return values.stream().filter(value -> value.label().equals(label)).flatMap(value -> value.accept(content).stream())
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no '" + label + "' among " + values));
    }

    private static final Value.Visitor<Optional<Long>> NUMBER = new Value.Visitor<>() {
        @Override
        public Optional<Long> visitNumber(Number number) {
            return Optional.of(number.value());
        }

        @Override
        public Optional<Long> visitPointer(Pointer pointer) {
            return Optional.of(pointer.value());
        }

        @Override
        public Optional<Long> visitText(Text text) {
            return Optional.empty();
        }

        @Override
        public Optional<Long> visitChange(Change change) {
            return Optional.of(change.after());
        }
    };

    private static final Value.Visitor<Optional<String>> TEXT = new Value.Visitor<>() {
        @Override
        public Optional<String> visitNumber(Number number) {
            return Optional.empty();
        }

        @Override
        public Optional<String> visitPointer(Pointer pointer) {
            return Optional.empty();
        }

        @Override
        public Optional<String> visitText(Text text) {
            return Optional.of(text.value());
        }

        @Override
        public Optional<String> visitChange(Change change) {
            return Optional.empty();
        }
    };

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
