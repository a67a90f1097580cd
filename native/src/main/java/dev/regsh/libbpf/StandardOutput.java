// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

/** What Java does not say of the process's standard output. */
public final class StandardOutput {
    private StandardOutput() {}

    /** Columns of the terminal it is; 0: it is none. */
    public static int columns() {
        try {
            return Libbpf.shim().regsh_columns();
        } catch (LibraryMissingException unknown) {
            return 0;
        }
    }
}
