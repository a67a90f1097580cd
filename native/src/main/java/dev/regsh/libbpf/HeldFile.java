// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import java.nio.file.Path;

/**
 * A regular file held open, so that what is read from it and where a probe is put are the same file even if its name is given
 * to another meanwhile.
 */
public final class HeldFile implements AutoCloseable {
    /** A file as it was: the same identity is the same content, as far as the file system says. */
    public record Identity(long device, long inode, long size, long seconds, long nanoseconds) {}

    private final int fd;
    private final Identity identity;

    /** @throws KernelException also for what is no regular file (EINVAL, EISDIR) */
    public HeldFile(String path) {
        long[] is = new long[5];
        fd = Libbpf.check(Libbpf.shim().regsh_open_file(path, is), "open " + path);
        identity = new Identity(is[0], is[1], is[2], is[3], is[4]);
    }

    public Identity identity() {
        return identity;
    }

    /** Leads to the file held, for this process. */
    public Path path() {
        return Path.of("/proc/self/fd", Integer.toString(fd));
    }

    @Override
    public void close() {
        Libbpf.shim().regsh_close(fd);
    }
}
