// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.event;

import dev.regsh.bpf.program.EventLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The last events of a session, as the kernel sent them, in so many bytes; the oldest make room. They are numbered from 0 as they
 * come. For several threads.
 */
public final class EventLog {
    /** Some 20,000 events. */
    public static final int BYTES = 2 << 20;

    private final int room;
    private final EventDecoder decoder;
    private byte[] ring = {};
    /** Where each event begins, by its number modulo the length; one more says where the last ends. */
    private long[] starts = {};
    private long first;
    private long end;

    /**
     * @param bytes to hold at most; nothing is taken before the first event comes. 0: keeps none
     * @param decoder knows the rules whose events come
     */
    public EventLog(int bytes, EventDecoder decoder) {
        room = bytes;
        this.decoder = decoder;
    }

    /** Keeps an event, and gives it back as what it says; empty: it is none of a rule that is known. */
    synchronized Optional<Event> add(ByteBuffer bytes) {
        Optional<Event> event = decoder.decode(bytes);
        if (event.isPresent()) {
            keep(bytes.duplicate().rewind());
        }
        return event;
    }

    private void keep(ByteBuffer event) {
        int size = event.remaining();
        if (size > room) {
            return;
        }
        if (ring.length == 0) {
            ring = new byte[room];
            starts = new long[room / EventLayout.HEADER + 2];
        }
        long start = start(end);
        while (end > first && start + size - start(first) > room) {
            first++;
        }
        for (int i = 0; i < size; i++) {
            ring[(int) ((start + i) % room)] = event.get(i);
        }
        end++;
        starts[(int) (end % starts.length)] = start + size;
    }

    private long start(long number) {
        return starts[(int) (number % starts.length)];
    }

    /** The number of the oldest that is there. */
    public synchronized long first() {
        return first;
    }

    /** The number that the next will have. */
    public synchronized long end() {
        return end;
    }

    /** Empty: it has made room, or has not come yet. */
    public synchronized Optional<Event> get(long number) {
        if (number < first || number >= end) {
            return Optional.empty();
        }
        long start = start(number);
        byte[] event = new byte[(int) (start(number + 1) - start)];
        for (int i = 0; i < event.length; i++) {
            event[i] = ring[(int) ((start + i) % room)];
        }
        return decoder.decode(ByteBuffer.wrap(event).order(ByteOrder.nativeOrder()));
    }
}
