// SPDX-License-Identifier: Apache-2.0
package dev.regsh.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import dev.regsh.libbpf.KernelException;
import java.nio.file.Path;

/**
 * A file held by its descriptor, so that what is checked is what is read, whoever moves names about meanwhile.
 * Java's own streams hide their descriptor.
 */
public final class HeldFile implements AutoCloseable {
    /** fcntl.h, the same on x86-64 and arm64. */
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 02000000;

    private interface LibC extends Library {
        int open(String path, int flags) throws LastErrorException;

        int close(int fd);
    }

    private static final LibC LIBC = Native.load("c", LibC.class);

    private final int fd;

    /** @throws KernelException with the errno of open(2) */
    public HeldFile(String path) {
        try {
            fd = LIBC.open(path, O_RDONLY | O_CLOEXEC);
        } catch (LastErrorException refused) {
            throw new KernelException("open " + path, refused.getErrorCode(), "");
        }
    }

    /** Leads to this very file, for reading and for its attributes (proc(5), /proc/pid/fd). */
    public Path path() {
        return Path.of("/proc/self/fd", Integer.toString(fd));
    }

    @Override
    public void close() {
        LIBC.close(fd);
    }
}
