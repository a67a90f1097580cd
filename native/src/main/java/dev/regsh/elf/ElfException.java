// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.util.Objects;

/** A file that is no ELF program for this machine, is damaged, or lacks what was asked; the message does not name the file. */
public final class ElfException extends IOException {
    ElfException(String what) {
        super(what);
    }

    /** There always is one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
