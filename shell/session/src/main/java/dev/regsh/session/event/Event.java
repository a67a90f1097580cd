// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import java.util.List;

/**
 * A hit of a rule that logs.
 *
 * @param id the rule's number
 * @param nanos CLOCK_MONOTONIC
 * @param dry nothing was changed
 * @param function the number of the function among those of the rule
 */
public record Event(int id, long nanos, int pid, int tid, int cpu, boolean dry, String comm, int function,
        List<Value> values) {
    /** @param label as the rule has it */
    public sealed interface Value {
        String label();
    }

    /** @param errno it may be a negated errno */
    public record Number(String label, long value, boolean signed, boolean errno) implements Value {
        public Number(String label, long value, boolean signed) {
            this(label, value, signed, false);
        }
    }

    public record Pointer(String label, long value) implements Value {}

    public record Text(String label, String value) implements Value {}

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
    }
}
