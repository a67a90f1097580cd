// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.Pointer;
import dev.regsh.base.errno.KernelException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A BPF map; it lives as long as this object and the programs that use it. */
public final class BpfMap implements AutoCloseable {
    /** BPF_F_MMAPABLE. */
    public static final int MMAPABLE = 1 << 10;

    private final int fd;
    /** Every buffer that was handed out keeps it reachable. */
    private @Nullable ByteBuffer mapped;
    private boolean closed;

    /** In a class of its own: its thread begins with the first map that is mapped. */
    private static final class Unmapping {
        static final Cleaner UNUSED = Cleaner.create();
    }

    /** Sizes in bytes; {@code type} and {@code flags} are those of bpf(2). */
    public BpfMap(int type, String name, int keySize, int valueSize, int entries, int flags) {
        fd = Libbpf.check(Libbpf.shim().regsh_map_create(type, name, keySize, valueSize, entries, flags),
                "create the map " + name);
    }

    private BpfMap(int fd) {
        this.fd = fd;
    }

    /** A map that was pinned. */
    public static BpfMap pinned(String path) {
        return new BpfMap(Libbpf.check(Libbpf.shim().regsh_open_pinned(path), "open the map " + path));
    }

    /** Keeps it beyond the process, until the file is removed. */
    public void pin(String path) {
        Libbpf.check(Libbpf.shim().regsh_pin(fd, path), "pin the map");
    }

    public int fd() {
        return fd;
    }

    /** @param key null for a queue */
    public void update(byte @Nullable [] key, byte[] value) {
        Libbpf.check(Libbpf.shim().regsh_map_update(fd, key, value), "write a map");
    }

    /** Fills {@code value}. */
    public void lookup(byte @Nullable [] key, byte[] value) {
        Libbpf.check(Libbpf.shim().regsh_map_lookup(fd, key, value), "read a map");
    }

    /**
     * The first {@code size} bytes of the values, shared with the programs, in the machine's byte order; as many as the first who
     * asked has got. They can be read as long as somebody has the buffer, after {@link #close} too.
     */
    public synchronized ByteBuffer mapped(long size) {
        if (mapped == null) {
            Pointer begin = Libbpf.shim().regsh_map_mmap(fd, size);
            if (begin == null) {
                throw new KernelException("map the counters into memory", com.sun.jna.Native.getLastError());
            }
            mapped = begin.getByteBuffer(0, size);
            Unmapping.UNUSED.register(mapped, () -> Libbpf.shim().regsh_map_munmap(begin, size));
        }
        return mapped.duplicate().order(ByteOrder.nativeOrder());
    }

    /** A second time it does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libbpf.shim().regsh_close(fd);
        }
    }
}
