// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import dev.regsh.libbpf.BpfMap;
import dev.regsh.libbpf.EventRing;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Empties a session's ring buffer in a thread of its own, so that the kernel finds room as a rule; where it finds none,
 * it counts and goes on.
 */
final class EventReader implements AutoCloseable {
    private static final int WAIT_MILLIS = 100;

    private final BpfMap map;
    private final EventRing ring;
    private final Consumer<Event> consumer;
    private final Runnable pause;
    private final EventLog log;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean closed;

    /**
     * @param map closed with this
     * @param log keeps what comes
     * @param consumer called in the reader's thread, or in that of {@link #drain}
     * @param pause called in the reader's thread several times a second, when no event is left to be read
     */
    EventReader(BpfMap map, EventLog log, Consumer<Event> consumer, Runnable pause) {
        this.map = map;
        ring = new EventRing(map);
        this.log = log;
        this.consumer = consumer;
        this.pause = pause;
        Thread thread = new Thread(this::read, "events");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        while (!closed) {
            // Not in a turn, so that nobody who drains waits for it.
            ring.await(WAIT_MILLIS);
            drain();
            pause.run();
        }
        turn.lock();
        try {
            ring.close();
            map.close();
        } finally {
            turn.unlock();
        }
    }

    /** Hands on what is there now. */
    void drain() {
        turn.lock();
        try {
            if (!closed) {
                ring.poll(this::take);
            }
        } finally {
            turn.unlock();
        }
    }

    private void take(ByteBuffer bytes) {
        log.add(bytes).ifPresent(consumer);
    }

    /** Does not wait: whoever takes an event may be held up by a terminal. The thread ends when it can. */
    @Override
    public void close() {
        closed = true;
    }
}
