// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.elf.ElfFile;
import dev.regsh.elf.ElfSymbol;
import dev.regsh.elf.LibraryCache;
import dev.regsh.file.HeldFile;
import dev.regsh.grammar.errno.Errno;
import dev.regsh.libbpf.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The programs and libraries that rules name. Each is held open from its first use, so that a probe lands in the file whose
 * symbols were read, and read again when the name leads to another file.
 */
public final class UserPrograms implements UserSymbolSource, AutoCloseable {
    private record Program(HeldFile file, ElfFile symbols) {}

    private final Map<String, HeldFile> held = new HashMap<>();
    private final Map<HeldFile.Identity, ElfFile> read = new HashMap<>();

    @Override
    public synchronized OptionalLong fileOffset(String path, String symbol) throws IOException {
        Program program = program(path);
        Optional<ElfSymbol> found = program.symbols().find(symbol);
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(program.symbols().fileOffset(found.get()));
    }

    @Override
    public synchronized List<String> nearest(String path, String symbol, int most) {
        try {
            return program(path).symbols().nearest(symbol, most);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** The path to attach to: that of the file held. */
    public synchronized String attachPath(String path) throws IOException {
        HeldFile file = held.get(path);
        return (file == null ? hold(path) : file).path().toString();
    }

    private Program program(String path) throws IOException {
        HeldFile file = hold(path);
        ElfFile symbols = read.get(file.identity());
        if (symbols == null) {
            symbols = ElfFile.read(Path.of(path), file.path());
            read.put(file.identity(), symbols);
        }
        return new Program(file, symbols);
    }

    private HeldFile hold(String path) throws IOException {
        HeldFile now;
        try {
            // A name without a folder is a library's, as programs name it to the loader.
            String found = path.contains("/") ? path : LibraryCache.find(path).map(Path::toString).orElse(path);
            now = HeldFile.regular(found);
        } catch (KernelException refused) {
            throw new IOException(refused.errno() == Errno.number("EINVAL").orElse(0) ? "it is no regular file"
                    : Errno.text(refused.errno()));
        }
        HeldFile before = held.get(path);
        if (before != null && before.identity().equals(now.identity())) {
            now.close();
            return before;
        }
        held.put(path, now);
        if (before != null) {
            // Probes already attached keep the file by themselves.
            before.close();
        }
        return now;
    }

    @Override
    public synchronized void close() {
        held.values().forEach(HeldFile::close);
        held.clear();
        read.clear();
    }
}
