// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.ptr.IntByReference;

/** An attached program; closing it detaches, and so does the end of the process, however it ends. */
public final class ProbeLink implements AutoCloseable {
    private final int perf;
    private final int link;

    private ProbeLink(BpfProgram program, String pmu, boolean onReturn, String name, long offset, int pid) {
        IntByReference perfFd = new IntByReference();
        IntByReference linkFd = new IntByReference();
        Libbpf.check(Libbpf.shim().regsh_attach(program.fd(), pmu, onReturn ? 1 : 0, name, offset, pid, perfFd, linkFd),
                "attach");
        perf = perfFd.getValue();
        link = linkFd.getValue();
    }

    /** At a function ({@code MODULE:FUNCTION} in a module) plus an offset in bytes, or at its return. */
    public static ProbeLink kprobe(BpfProgram program, String function, long offset, boolean onReturn) {
        return new ProbeLink(program, "kprobe", onReturn, function, offset, -1);
    }

    /** At an address of the kernel. */
    public static ProbeLink kprobe(BpfProgram program, long address, boolean onReturn) {
        return new ProbeLink(program, "kprobe", onReturn, null, address, -1);
    }

    /** At an offset in a file that processes map; {@code pid} -1: every process. */
    public static ProbeLink uprobe(BpfProgram program, String path, long fileOffset, int pid, boolean onReturn) {
        return new ProbeLink(program, "uprobe", onReturn, path, fileOffset, pid);
    }

    /** Whether it can outlive the process in a bpf file system (kernels from 5.15). */
    public boolean pinnable() {
        return link >= 0;
    }

    /** Keeps it attached beyond the process, until the file is removed. */
    public void pin(String path) {
        Libbpf.check(Libbpf.shim().regsh_link_pin(link, path), "pin the link");
    }

    @Override
    public void close() {
        if (link >= 0) {
            Libbpf.shim().regsh_close(link);
        }
        Libbpf.shim().regsh_close(perf);
    }
}
