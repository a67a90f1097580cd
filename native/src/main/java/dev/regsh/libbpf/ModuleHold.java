// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

/** Keeps a module of the kernel from being unloaded, until it is closed or the process ends. */
public final class ModuleHold implements AutoCloseable {
    private final int fd;

    /**
     * @param function any of its functions that BTF knows and that can be traced
     * @throws KernelException ENOENT where the module or its BTF has no such function, EOPNOTSUPP where the kernel cannot
     */
    public ModuleHold(String module, String function) {
        fd = Libbpf.check(Libbpf.shim().regsh_module_hold(module, function), "hold the module " + module);
    }

    /** Holds it beyond the process too, until the file is removed. */
    public void pin(String path) {
        Libbpf.check(Libbpf.shim().regsh_pin(fd, path), "pin the hold of a module");
    }

    @Override
    public void close() {
        Libbpf.shim().regsh_close(fd);
    }
}
