// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.program;

import dev.regsh.elf.ElfFile;
import dev.regsh.elf.LibraryCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Why a program lacks a function that somebody looks for in it, and where names without a path may lead. */
public final class MissingSymbol {
    private static final int SHOWN = 3;

    private MissingSymbol() {}

    /** A hint; empty: nothing is known but near names. */
    static String why(ElfFile elf, Path opened, String symbol) throws IOException {
        List<String> libraries = elf.importedFrom(opened, symbol);
        for (String library : libraries) {
            Optional<Path> path = LibraryCache.locate(library);
            if (path.isPresent() && !ElfFile.read(path.get(), path.get()).functions().named(symbol).isEmpty()) {
                return "the program calls it, and it is in " + library + ": " + library + ":" + symbol;
            }
        }
        if (!libraries.isEmpty()) {
            return "the program calls it, and it is in one of its libraries: " + String.join(", ", libraries);
        }
        List<String> rust = elf.functions().rustNames(symbol, SHOWN);
        if (!rust.isEmpty()) {
            return "names in Rust's newer mangling are not decoded; meant may be " + String.join(", ", rust);
        }
        if (!elf.stripped()) {
            return "";
        }
        return elf
                .isGo() ? "its symbol table is stripped, and Go's own table (.gopclntab) is not read: build it without -ldflags=-s,"
                        + " or probe PATH+OFFSET"
                        : "its symbol table is stripped, so only what it exports has a name: install its debug symbols"
                                + " (on Debian PACKAGE-dbgsym), or probe PATH+OFFSET";
    }

    /** The program or library that a bare name means, as a shell or the loader would find it. */
    static Optional<String> path(String name) {
        if (name.isEmpty() || name.contains("/")) {
            return Optional.empty();
        }
        String folders = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/bin:/sbin:/bin";
        for (String folder : folders.split(":")) {
            Path file = Path.of(folder, name);
            if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.of(file.toString());
            }
        }
        try {
            return LibraryCache.named(name + ".so");
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
