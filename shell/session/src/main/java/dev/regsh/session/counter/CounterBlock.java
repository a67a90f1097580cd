// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.counter;

import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Failing;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.session.failure.FailingSentence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rule and its programs tell each other ({@link CounterLayout}): the words of one block, as they are at the moment.
 *
 * @param number among the session's blocks
 */
public record CounterBlock(int number, ByteBuffer words) {
    /** That of a rule which was kept, in its pinned map. */
    public static CounterBlock of(BpfMap pinned, int number) {
        ByteBuffer all = pinned.mapped((long) Counters.MAX_RULES * CounterLayout.SIZE);
        return new CounterBlock(number, all.slice(number * CounterLayout.SIZE, CounterLayout.SIZE).order(ByteOrder.nativeOrder()));
    }

    /** The same numbers, which stay as they are now: another rule may get the block. */
    public CounterBlock copy() {
        ByteBuffer copy = ByteBuffer.allocate(CounterLayout.SIZE).order(words.order());
        for (int at = 0; at < CounterLayout.SIZE; at += Long.BYTES) {
            copy.putLong(at, words.getLong(at));
        }
        return new CounterBlock(number, copy);
    }

    /** @param time after which the rule no longer applies */
    public void begin(int rule, Optional<Duration> time) {
        words.putLong(CounterLayout.RULE, rule);
        time.ifPresent(left -> words.putLong(CounterLayout.DEADLINE, System.nanoTime() + left.toNanos()));
    }

    public boolean armed() {
        return words.getLong(CounterLayout.ARMED) != 0;
    }

    public void arm(boolean armed) {
        words.putLong(CounterLayout.ARMED, armed ? 1 : 0);
    }

    public long hits() {
        return words.getLong(CounterLayout.HITS);
    }

    /** @param isHits the programs do not count it themselves: it is hits without errors */
    public long fired(boolean isHits) {
        return CounterLayout.fired(isHits, hits(), words.getLong(CounterLayout.FIRED), errors());
    }

    public long errors() {
        return words.getLong(CounterLayout.ERRORS);
    }

    /** The word {@link CounterLayout#LAST_ERROR}; 0: there was none. */
    public long lastError() {
        return words.getLong(CounterLayout.LAST_ERROR);
    }

    /**
     * What the last error was of, in words; empty: there was none.
     *
     * @param failing the parts of the rule, as its programs number them
     */
    public Optional<String> lastFailure(List<Failing> failing) {
        long last = lastError();
        int number = Failing.number(last);
        return last == 0 || number >= failing.size() ? Optional.empty()
                : Optional.of(FailingSentence.of(failing.get(number), (int) last, words.getLong(CounterLayout.ERROR_ADDRESS)));
    }

    /** Events that found no room. */
    public long dropped() {
        return words.getLong(CounterLayout.DROPPED);
    }

    /** Returns of calls whose arguments were not kept. */
    public long unkept() {
        return words.getLong(CounterLayout.UNKEPT);
    }

    /** When the rule's time ends ({@code for}), by {@link System#nanoTime()}; 0: never. */
    public long deadline() {
        return words.getLong(CounterLayout.DEADLINE);
    }

    /** Its time is over: its programs let no hit through any more. */
    public boolean late() {
        return deadline() != 0 && System.nanoTime() - deadline() > 0;
    }
}
