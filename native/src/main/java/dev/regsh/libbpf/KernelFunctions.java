// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.ptr.IntByReference;
import java.util.Optional;
import java.util.OptionalInt;

/** Functions that the kernel offers to programs; numbers differ per kernel and are read from its BTF. */
public final class KernelFunctions {
    /**
     * A kfunc of a module.
     *
     * @param btfFd of the module's BTF, held until this is closed
     * @param id of the function in it
     */
    public record Kfunc(int btfFd, int id) implements AutoCloseable {
        /** To be done once. */
        @Override
        public void close() {
            Libbpf.shim().regsh_close(btfFd);
        }
    }

    private KernelFunctions() {}

    /** The number of a helper by its name without {@code bpf_}; empty if this kernel has none or no BTF. */
    public static OptionalInt helper(String name) {
        int number = Libbpf.shim().regsh_helper_number(name);
        return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** A kfunc; empty if the module is not loaded, has no BTF or no such function. */
    public static Optional<Kfunc> kfunc(String module, String function) {
        IntByReference btf = new IntByReference();
        int id = Libbpf.shim().regsh_kfunc(module, function, btf);
        return id < 0 ? Optional.empty() : Optional.of(new Kfunc(btf.getValue(), id));
    }
}
