// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.libbpf.BpfMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way that a session's events go: the ring buffer its rules write to, its reader, who hears of them, and the last of them. */
public final class EventHub implements AutoCloseable {
    private final EventDecoder decoder = new EventDecoder();
    private volatile Consumer<Event> listener = event -> {};
    private volatile Runnable pause = () -> {};
    private EventLog log = new EventLog(0, decoder);
    private @Nullable BpfMap ring;
    private volatile @Nullable EventReader reader;

    /** Hands on what rules log; in a thread of its own, or in that of {@link #drain}. */
    public void listen(Consumer<Event> heard) {
        listener = heard;
    }

    /** Is run several times a second, in the thread that hands on events, when none is left to be handed on. */
    public void onPause(Runnable paused) {
        pause = paused;
    }

    /** Keeps the last events from here on; to be said before the first rule. */
    public void keep() {
        log = new EventLog(EventLog.BYTES, decoder);
    }

    /** The events that were kept. */
    public EventLog log() {
        return log;
    }

    /** Hands on the events that are in the buffer now. */
    public void drain() {
        EventReader now = reader;
        if (now != null) {
            now.drain();
        }
    }

    /** From here on the events of a rule that logs are understood; they are read from the first such rule on. */
    public synchronized void add(int rule, CompiledRule compiled) {
        decoder.add(rule, EventSource.of(rule, compiled));
        if (reader == null) {
            reader = new EventReader(ring(), log, event -> listener.accept(event), () -> pause.run());
        }
    }

    /** The ring buffer, for programs. */
    public synchronized BpfMap ring() {
        if (ring == null) {
            ring = new BpfMap(MapSpec.Type.RINGBUF.number(), "regsh_events", 0, 0, MapSpec.EVENTS_BYTES, 0);
        }
        return ring;
    }

    /** Does not wait for whoever takes an event. */
    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
        } else if (ring != null) {
            ring.close();
        }
    }
}
