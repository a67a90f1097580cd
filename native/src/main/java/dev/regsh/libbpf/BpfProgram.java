// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.ptr.IntByReference;
import dev.regsh.base.errno.KernelException;
import org.jspecify.annotations.Nullable;

/** A loaded BPF program. */
public final class BpfProgram implements AutoCloseable {
    /** BPF_PROG_TYPE_KPROBE. */
    public static final int KPROBE = 2;
    /** BPF_PROG_TYPE_SYSCALL; needs {@link #SLEEPABLE}. */
    public static final int SYSCALL = 31;
    public static final int SLEEPABLE = 1 << 4;

    private static final int LOG_SIZE = 1 << 20;

    private final int fd;

    /**
     * @param name at most 15 letters, digits or underscores
     * @param fdArray the BTF descriptors that kfunc calls index; entry 0 is not used; may be null
     * @throws KernelException with the verifier's log if it was the verifier
     */
    public BpfProgram(int type, String name, String license, long[] instructions, int @Nullable [] fdArray, int flags) {
        try (Memory log = new Memory(LOG_SIZE)) {
            log.setByte(0, (byte) 0);
            int result = Libbpf.shim().regsh_prog_load(type, name, license, instructions, instructions.length, fdArray,
                    flags, log, LOG_SIZE);
            if (result < 0) {
                throw new KernelException("load the program", -result, log.getString(0));
            }
            fd = result;
        }
    }

    public int fd() {
        return fd;
    }

    /** Runs it once (BPF_PROG_TEST_RUN); what it writes to {@code context} comes back there. */
    public int run(byte[] context) {
        IntByReference result = new IntByReference();
        Libbpf.check(Libbpf.shim().regsh_prog_test_run(fd, context, context.length, result), "run the program");
        return result.getValue();
    }

    /** Hits the kernel dropped since another program ran on that CPU; 0 if it does not count them. */
    public long missed() {
        return Math.max(0, Libbpf.shim().regsh_prog_missed(fd));
    }

    @Override
    public void close() {
        Libbpf.shim().regsh_close(fd);
    }
}
