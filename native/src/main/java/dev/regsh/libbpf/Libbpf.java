// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import com.sun.jna.Native;
import dev.regsh.base.errno.KernelException;
import org.jspecify.annotations.Nullable;

/** Loads the shim once, at its first use. */
final class Libbpf {
    private static @Nullable Shim shim;

    private Libbpf() {}

    /** @throws LibraryMissingException if libregsh.so, or the libbpf it needs, is not there */
    static synchronized Shim shim() {
        if (shim == null) {
            try {
                shim = Native.load(NativeFiles.library(), Shim.class);
            } catch (UnsatisfiedLinkError missing) {
                throw new LibraryMissingException(missing);
            }
            shim.regsh_init();
        }
        return shim;
    }

    /** A result that is no error, or the error as an exception. */
    static int check(int result, String operation) {
        if (result < 0) {
            throw new KernelException(operation, -result);
        }
        return result;
    }
}
