// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import java.util.Optional;

/**
 * A map the program needs. Sizes are in bytes; a ring buffer's size is {@code maxEntries}.
 *
 * @param name unique within a rule; {@link #COUNTERS} and {@link #EVENTS} are shared by the session
 * @param tokens entries to push into a queue before the program is attached: the values 0, 1, 2 ... of 8 bytes
 * @param cgroup the folder whose descriptor is an array's only value; empty: of other maps
 */
public record MapSpec(String name, Type type, Scope scope, int keySize, int valueSize, int maxEntries, int tokens,
        Optional<String> cgroup) {
    /**
     * An array of one value (BPF reaches into it directly) that holds a block of {@link CounterLayout#SIZE} bytes for each
     * rule of the session; this spec describes one block. Create it with BPF_F_MMAPABLE.
     */
    public static final String COUNTERS = "counters";
    /** The session's ring buffer of events; see {@link EventLayout}. */
    public static final String EVENTS = "events";
    public static final int EVENTS_BYTES = 1 << 20;
    /** The door to kernel memory. */
    public static final String MEMORY_DOOR = "door_memory";

    /** Of struct regs_override_store. */
    public static final int STORE_BYTES = 24;

    public enum Type {
        ARRAY(2), CGROUP_ARRAY(8), LRU_HASH(9), QUEUE(22), RINGBUF(27),
        /** A queue that the module is told to make a door, before programs are loaded. */
        DOOR(22);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** Of enum bpf_map_type. */
        public int number() {
            return number;
        }
    }

    public enum Scope { SESSION, RULE }

    public static MapSpec counters() {
        return new MapSpec(COUNTERS, Type.ARRAY, Scope.SESSION, 4, CounterLayout.SIZE, 1, 0, Optional.empty());
    }

    public static MapSpec events() {
        return new MapSpec(EVENTS, Type.RINGBUF, Scope.SESSION, 0, 0, EVENTS_BYTES, 0, Optional.empty());
    }

    /** What programs ask the module through for registers, with arrays of that size. See {@link Engine#PROBE}. */
    public static MapSpec door(int bytes) {
        return new MapSpec("door" + bytes, Type.DOOR, Scope.RULE, 0, bytes, 1, 0, Optional.empty());
    }

    /** The same for memory. */
    public static MapSpec memoryDoor() {
        return new MapSpec(MEMORY_DOOR, Type.DOOR, Scope.RULE, 0, STORE_BYTES, 1, 0, Optional.empty());
    }

    /** A queue with tokens in it: each can be taken once, on whatever CPU. */
    public static MapSpec queue(String name, int entries, int tokens) {
        return new MapSpec(name, Type.QUEUE, Scope.RULE, 0, 8, entries, tokens, Optional.empty());
    }

    /** A table that forgets what was not used for long. */
    public static MapSpec table(String name, int keySize, int valueSize, int entries) {
        return new MapSpec(name, Type.LRU_HASH, Scope.RULE, keySize, valueSize, entries, 0, Optional.empty());
    }

    /** What {@code bpf_current_task_under_cgroup} is asked with. */
    public static MapSpec cgroup(String name, String folder) {
        return new MapSpec(name, Type.CGROUP_ARRAY, Scope.RULE, 4, 4, 1, 0, Optional.of(folder));
    }
}
