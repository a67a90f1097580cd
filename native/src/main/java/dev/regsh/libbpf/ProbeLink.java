// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import dev.regsh.base.errno.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An attached program; closing it detaches, and so does the end of the process, however it ends. */
public final class ProbeLink implements AutoCloseable {
    /** At a probe of the kernel's own: what a program there may ask for is its engine's affair. */
    public static final int OF_THE_KERNEL = -1;

    private @Nullable Pointer probe;

    private ProbeLink(BpfProgram program, String pmu, boolean onReturn, @Nullable String name, long offset, int pid,
            long cookie, int asks) {
        PointerByReference handle = new PointerByReference();
        Libbpf.check(Libbpf.shim().regsh_attach(program.fd(), pmu, onReturn ? 1 : 0, name, offset, pid, cookie,
                asks, handle), "attach");
        probe = handle.getValue();
    }

    /**
     * At a function ({@code MODULE:FUNCTION} in a module) plus an offset in bytes, or at its return.
     *
     * @param cookie what the program can ask for, from Linux 5.15 on
     * @param asks {@link #OF_THE_KERNEL}, or what it may ask {@link OverrideDevice} for, whose probe it then is
     */
    public static ProbeLink kprobe(BpfProgram program, String function, long offset, boolean onReturn, long cookie, int asks) {
        return new ProbeLink(program, "kprobe", onReturn, function, offset, -1, cookie, asks);
    }

    /** At an address of the kernel. */
    public static ProbeLink kprobe(BpfProgram program, long address, boolean onReturn, long cookie, int asks) {
        return new ProbeLink(program, "kprobe", onReturn, null, address, -1, cookie, asks);
    }

    /** Whether what attaches such a program is a link, which can be kept: a program of type KPROBE. */
    public static boolean keeps(BpfProgram program) {
        return Libbpf.shim().regsh_has_links(program.fd()) != 0;
    }

    /** What the kernel answers to a probe without a program at one of its addresses: 0, or an errno. None stays. */
    public static int attempt(long address) {
        return -Libbpf.shim().regsh_probe_try(address);
    }

    /** At an offset in a file that processes map; {@code pid} -1: every process. */
    public static ProbeLink uprobe(BpfProgram program, String path, long fileOffset, int pid, boolean onReturn,
            long cookie, int asks) {
        return new ProbeLink(program, "uprobe", onReturn, path, fileOffset, pid, cookie, asks);
    }

    /** Detaches by itself after the time, kept by a native thread: also while the JVM stands still. */
    public synchronized void expireAfter(Duration time) {
        Libbpf.check(Libbpf.shim().regsh_probe_expire(open(), time.toNanos()), "watch the time of a probe");
    }

    /** False once closed or expired. */
    public synchronized boolean attached() {
        return probe != null && Libbpf.shim().regsh_probe_attached(probe) != 0;
    }

    /**
     * Hits of a function in the kernel that reached no program, above all returns: the kernel remembers so many calls under
     * way and no more. 0 where it does not say how many (before 6.7), and after the end.
     */
    public synchronized long missed() {
        return probe == null ? 0 : Libbpf.shim().regsh_probe_missed(probe);
    }

    /**
     * Keeps it attached beyond the process, until the file is removed.
     *
     * @throws KernelException EOPNOTSUPP before Linux 5.15, and of a probe of the module's
     */
    public synchronized void pin(String path) {
        Libbpf.check(Libbpf.shim().regsh_probe_pin(open(), path), "pin the link");
    }

    private Pointer open() {
        if (probe == null) {
            throw new IllegalStateException("the probe is detached");
        }
        return probe;
    }

    @Override
    public void close() {
        closeAll(List.of(this));
    }

    /** Closes them together: probes of the module's are then gone far sooner than one after another. */
    public static void closeAll(List<ProbeLink> links) {
        Pointer[] probes = links.stream().map(ProbeLink::letGo).filter(Objects::nonNull).toArray(Pointer[]::new);
        if (probes.length > 0) {
            Libbpf.shim().regsh_detach(probes, probes.length);
        }
    }

    private synchronized @Nullable Pointer letGo() {
        Pointer was = probe;
        probe = null;
        return was;
    }
}
