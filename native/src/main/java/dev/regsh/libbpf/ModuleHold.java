// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.ptr.IntByReference;
import dev.regsh.base.errno.KernelException;

/**
 * Keeps a module of the kernel from being unloaded while programs may send calls to it, and afterwards, whatever becomes of
 * this process, until no task is in the module any more.
 */
public final class ModuleHold implements AutoCloseable {
    private static final int LEAVE_MILLIS = 2000;

    private final String module;
    private final int fd;
    private final int keeper;

    /**
     * @param function any of its functions that BTF knows and that can be traced
     * @throws KernelException ENOENT where the module or its BTF has no such function, EOPNOTSUPP where the kernel cannot
     */
    public ModuleHold(String module, String function) {
        this.module = module;
        IntByReference found = new IntByReference();
        fd = Libbpf.check(Libbpf.shim().regsh_module_hold(module, function, found), "hold the module " + module);
        keeper = found.getValue();
    }

    public String module() {
        return module;
    }

    /** To be told of each program before it is attached. */
    public void untilGone(BpfProgram program) {
        Libbpf.check(Libbpf.shim().regsh_hold_until_gone(keeper, program.fd()), "hold the module " + module);
    }

    /** Holds it beyond the process too, until the file is removed. */
    public void pin(String path) {
        Libbpf.check(Libbpf.shim().regsh_pin(fd, path), "pin the hold of a module");
    }

    /** Once the programs are closed: waits a little for the tasks in the module; false: one is there still, and holds it. */
    public boolean left() {
        return Libbpf.shim().regsh_hold_release(fd, keeper, LEAVE_MILLIS) == 0;
    }

    /** The same without waiting. */
    @Override
    public void close() {
        Libbpf.shim().regsh_hold_release(fd, keeper, 0);
    }
}
