// SPDX-License-Identifier: Apache-2.0
package dev.regsh.file;

import com.sun.jna.Library;
import com.sun.jna.Native;
import dev.regsh.libbpf.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file held by its descriptor, so that what is checked is what is read or probed, whoever moves names about meanwhile.
 * Java's own streams hide their descriptor.
 */
public final class HeldFile implements AutoCloseable {
    /** fcntl.h, the same on x86-64 and arm64. */
    private static final int O_RDONLY = 0;
    private static final int O_NOCTTY = 0400;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;
    private static final int EINVAL = 22;

    private interface LibC extends Library {
        int open(String path, int flags);

        int close(int fd);
    }

    /** A file as it was: the same identity is the same content, as far as the file system says. */
    public record Identity(Object key, long size, FileTime modified) {}

    private static final LibC LIBC = Native.load("c", LibC.class);

    private final int fd;

    /** @throws KernelException with the errno of open(2) */
    public HeldFile(String path) {
        this(path, 0);
    }

    private HeldFile(String path, int flags) {
        fd = LIBC.open(path, O_RDONLY | O_CLOEXEC | flags);
        if (fd < 0) {
            throw new KernelException("open " + path, Native.getLastError(), "");
        }
    }

    /** The same, of a regular file only (EINVAL): nothing that blocks or acts when it is opened. */
    public static HeldFile regular(String path) {
        HeldFile file = new HeldFile(path, O_NONBLOCK | O_NOCTTY);
        if (!Files.isRegularFile(file.path())) {
            file.close();
            throw new KernelException("open " + path, EINVAL, "");
        }
        return file;
    }

    public Identity identity() throws IOException {
        BasicFileAttributes is = Files.readAttributes(path(), BasicFileAttributes.class);
        return new Identity(is.fileKey(), is.size(), is.lastModifiedTime());
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
