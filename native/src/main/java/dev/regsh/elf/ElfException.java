// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;

/** A file that is no ELF program for this machine, is damaged, or lacks what was asked; the message does not name the file. */
public final class ElfException extends IOException {
    ElfException(String what) {
        super(what);
    }
}
