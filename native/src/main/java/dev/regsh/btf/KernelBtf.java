// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import dev.regsh.file.KernelFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The running kernel's BTF files, each read when first asked for. A file that is not there is an empty answer (a kernel
 * without CONFIG_DEBUG_INFO_BTF, or before 5.11 for modules); so is a module's that does not fit the kernel's.
 */
public final class KernelBtf {
    public static final Path FOLDER = Path.of("/sys/kernel/btf");

    private final Path folder;
    private final Map<String, Optional<Btf>> files = new HashMap<>();

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
        Optional<Btf> known = files.get(module);
        if (known == null) {
            known = read(module);
            files.put(module, known);
        }
        return known;
    }

    /** A module was loaded, unloaded or replaced: read it again when next asked. */
    public synchronized void forget(String module) {
        files.remove(module);
    }

    private Optional<Btf> read(String module) {
        // A module's name comes from a rule: it must not lead out of the folder.
        if (module.contains("/") || module.startsWith(".")) {
            return Optional.empty();
        }
        try {
            byte[] file = KernelFile.read(folder.resolve(module.isEmpty() ? "vmlinux" : module));
            return module.isEmpty() ? Optional.of(Btf.of(file)) : of("").map(kernel -> kernel.split(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | BtfException unreadable) {
            System.getLogger(KernelBtf.class.getName()).log(System.Logger.Level.WARNING, "BTF of " + module, unreadable);
            return Optional.empty();
        }
    }
}
