// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import java.util.Objects;

/** A shared library of regsh cannot be loaded. */
public final class LibraryMissingException extends RuntimeException {
    LibraryMissingException(UnsatisfiedLinkError cause) {
        super("libregsh.so cannot be loaded: " + String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
                + " (it needs libbpf.so.1: apt-get install libbpf1)", cause);
    }

    /** There always is one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
