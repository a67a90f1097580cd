// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.regsh.base.errno.KernelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** The consumer of a ring buffer map; one thread at a time, and perhaps one more that waits. */
public final class EventRing implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final Pointer ring;
    private final Memory buffer = new Memory(BUFFER);

    public EventRing(BpfMap map) {
        Pointer opened = Libbpf.shim().regsh_ring_open(map.fd());
        if (opened == null) {
            throw new KernelException("read the ring buffer", com.sun.jna.Native.getLastError());
        }
        ring = opened;
    }

    /** Waits up to the time for events to be there. */
    public void await(int timeoutMillis) {
        Libbpf.shim().regsh_ring_wait(ring, timeoutMillis);
    }

    /** Hands on each event that is there; the buffer it gets is good only within the call. */
    public void poll(Consumer<ByteBuffer> consumer) {
        int used = Libbpf.check(Libbpf.shim().regsh_ring_poll(ring, buffer, BUFFER), "read the events");
        for (int at = 0; at < used;) {
            int size = (int) buffer.getLong(at);
            consumer.accept(buffer.getByteBuffer(at + 8L, size).order(ByteOrder.nativeOrder()));
            at += 8 + size;
        }
    }

    @Override
    public void close() {
        Libbpf.shim().regsh_ring_close(ring);
        buffer.close();
    }
}
