// SPDX-License-Identifier: Apache-2.0
package dev.regsh.file;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import dev.regsh.base.errno.KernelException;
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

    /** openat2(2): the same number everywhere; glibc 2.36 has no function for it. */
    private static final long OPENAT2 = 437;
    private static final long RESOLVE_NO_MAGICLINKS = 2;
    private static final long RESOLVE_IN_ROOT = 16;
    private static final int O_PATH = 010000000;

    private interface LibC extends Library {
        int open(String path, int flags);

        NativeLong syscall(NativeLong number, Object... arguments);

        int close(int fd);
    }

    /** A file as it was: the same identity is the same content, as far as the file system says. */
    public record Identity(Object key, long size, FileTime modified) {}

    private static final LibC LIBC = Native.load("libc.so.6", LibC.class);

    private final int fd;

    /** @throws KernelException with the errno of open(2) */
    public HeldFile(String path) {
        this(path, 0);
    }

    private HeldFile(String path, int flags) {
        this(LIBC.open(path, O_RDONLY | O_CLOEXEC | flags), path);
    }

    private HeldFile(int fd, String path) {
        this.fd = fd;
        if (fd < 0) {
            throw new KernelException("open " + path, Native.getLastError());
        }
    }

    /** The same, of whatever can be opened without waiting for who is at its other end. */
    public static HeldFile waitingForNobody(String path) {
        return new HeldFile(path, O_NONBLOCK | O_NOCTTY);
    }

    /** The same, of a regular file only (EINVAL): nothing that blocks or acts when it is opened. */
    public static HeldFile regular(String path) {
        return regular(waitingForNobody(path), path);
    }

    /** A regular file by a path that is resolved below a folder: no link in it leads outside, whoever made it. */
    static HeldFile regularBelow(String root, String path) {
        try (HeldFile folder = new HeldFile(root, O_PATH); Memory how = new Memory(24)) {
            how.setLong(0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
            how.setLong(8, 0);
            how.setLong(16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
            NativeLong opened = LIBC.syscall(new NativeLong(OPENAT2), folder.fd, path, how, new NativeLong(how.size()));
            return regular(new HeldFile(opened.intValue(), path), path);
        }
    }

    private static HeldFile regular(HeldFile file, String path) {
        if (!Files.isRegularFile(file.path())) {
            file.close();
            throw new KernelException("open " + path, EINVAL);
        }
        return file;
    }

    public Identity identity() throws IOException {
        BasicFileAttributes is = Files.readAttributes(path(), BasicFileAttributes.class);
        return new Identity(is.fileKey(), is.size(), is.lastModifiedTime());
    }

    /** For calls that take a descriptor, as long as the file is held. */
    public int fd() {
        return fd;
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
