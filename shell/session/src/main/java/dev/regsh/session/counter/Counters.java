// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.counter;

import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.session.failure.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a session's rules: blocks of one value of one map, which programs and this process share. The last one is its
 * watchdog's.
 */
public final class Counters implements AutoCloseable {
    /** Rules that a session can hold. */
    public static final int MAX_RULES = 4096;

    private final Deque<Integer> free = new ArrayDeque<>();
    private @Nullable BpfMap map;
    /** Blocks that were given out so far. */
    private int used;

    /** Zeroed; it is the caller's until it is given back, and never anybody else's if it is not. */
    public synchronized CounterBlock take() {
        if (free.isEmpty() && used == MAX_RULES) {
            throw new Failure("a session holds at most " + MAX_RULES + " rules", "detach some");
        }
        int number = free.isEmpty() ? used++ : free.pop();
        ByteBuffer words = words(number);
        for (int at = 0; at < CounterLayout.SIZE; at += Long.BYTES) {
            words.putLong(at, 0);
        }
        return new CounterBlock(number, words);
    }

    public synchronized void giveBack(CounterBlock block) {
        free.push(block.number());
    }

    /** For programs. */
    public synchronized BpfMap map() {
        if (map == null) {
            map = new BpfMap(MapSpec.Type.ARRAY.number(), "regsh_counters", 4, (MAX_RULES + 1) * CounterLayout.SIZE, 1,
                    BpfMap.MMAPABLE);
        }
        return map;
    }

    /** For programs no more; blocks that somebody still has can be read. */
    @Override
    public synchronized void close() {
        if (map != null) {
            map.close();
        }
    }

    /** In bytes, where a block begins in the map's value. */
    public static long offset(CounterBlock block) {
        return (long) block.number() * CounterLayout.SIZE;
    }

    public ByteBuffer watchdog() {
        return words(MAX_RULES);
    }

    /** Those of any block, whether it is somebody's or not. */
    public synchronized ByteBuffer words(int number) {
        ByteBuffer all = map().mapped((MAX_RULES + 1L) * CounterLayout.SIZE);
        return all.slice(number * CounterLayout.SIZE, CounterLayout.SIZE).order(all.order());
    }
}
