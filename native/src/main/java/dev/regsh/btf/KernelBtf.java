// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import dev.regsh.base.errno.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The running kernel's BTF files, each read when first asked for, a module's again when it is loaded anew. A file that is
 * not there is an empty answer (a kernel without CONFIG_DEBUG_INFO_BTF, or before 5.11 for modules); so is a module's that
 * does not fit the kernel's.
 */
public final class KernelBtf {
    private static final int ENOENT = 2;

    public static final Path FOLDER = Path.of("/sys/kernel/btf");

    private record Read(Object identity, Optional<Btf> btf) {}

    private final Path folder;
    private final Map<String, Read> files = new HashMap<>();

    public KernelBtf() {
        this(FOLDER);
    }

    KernelBtf(Path folder) {
        this.folder = folder;
    }

    /** The kernel image's types. */
    public Optional<Btf> kernel() {
        return of("");
    }

    /** @param module empty: the kernel image */
    public synchronized Optional<Btf> of(String module) {
        Object identity = module.isEmpty() ? "" : identity(module);
        Read known = files.get(module);
        if (known == null || !known.identity().equals(identity)) {
            known = new Read(identity, read(module));
            files.put(module, known);
        }
        return known.btf();
    }

    /** A module that is loaded again has another file of the name. */
    private Object identity(String module) {
        try {
            return Files.readAttributes(folder.resolve(module), BasicFileAttributes.class).fileKey();
        } catch (IOException | InvalidPathException absent) {
            return "";
        }
    }

    private Optional<Btf> read(String module) {
        // A module's name comes from a rule: it must not lead out of the folder.
        if (module.contains("/") || module.startsWith(".")) {
            return Optional.empty();
        }
        try {
            return module.isEmpty() ? Optional.of(Btf.read(folder.resolve("vmlinux")))
                    : of("").map(kernel -> kernel.split(folder.resolve(module)));
        } catch (KernelException | BtfException | InvalidPathException unreadable) {
            if (unreadable instanceof KernelException refused && refused.errno() == ENOENT) {
                return Optional.empty();
            }
            System.getLogger(KernelBtf.class.getName()).log(System.Logger.Level.WARNING, "BTF of " + module, unreadable);
            return Optional.empty();
        }
    }
}
