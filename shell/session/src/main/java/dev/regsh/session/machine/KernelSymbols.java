// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.base.text.Glob;
import dev.regsh.base.text.Nearest;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.kallsyms.Kallsyms;
import dev.regsh.session.module.RuleModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The running kernel's functions for the compiler and for completion; read in the background from the start on. */
public final class KernelSymbols implements SymbolSource {
    private static final Path MODULES = Path.of("/proc/modules");

    private volatile CompletableFuture<Kallsyms> kallsyms = new CompletableFuture<>();
    /** How long what was read is believed, in nanoseconds: a glob asks for each of its functions. */
    private static final long BELIEVED = 100_000_000;

    private volatile String modules = "";
    private volatile long lookedAt;
    private @Nullable ProbeableFunctions probeable;

    public KernelSymbols() {
        start();
    }

    private void start() {
        Thread reader = new Thread(this::read, "kallsyms");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        lookedAt = System.nanoTime();
        modules = loadedModules();
        try {
            kallsyms.complete(Kallsyms.read());
        } catch (IOException | RuntimeException unreadable) {
            kallsyms.complete(Kallsyms.read(new byte[0]));
        }
    }

    /** Reads them again where a module has come or gone since. */
    private synchronized void refresh() {
        all();
        lookedAt = System.nanoTime();
        if (!loadedModules().equals(modules)) {
            kallsyms = new CompletableFuture<>();
            read();
        }
    }

    /** Their names, sizes and addresses. */
    private static String loadedModules() {
        try {
            // NAME SIZE USERS BY STATE ADDRESS: who uses one changes all the time.
            return Files.readAllLines(MODULES).stream().map(line -> line.split(" "))
                    .map(words -> words[0] + " " + words[1] + " " + words[words.length > 5 ? 5 : 1])
                    .collect(Collectors.joining("\n"));
        } catch (IOException none) {
            return "";
        }
    }

    /** Waits for the reader. */
    public Kallsyms all() {
        return kallsyms.join();
    }

    /** Whether they are known already, for Tab; where a module has come or gone since, they are being read again. */
    public boolean ready() {
        if (kallsyms.isDone() && System.nanoTime() - lookedAt > BELIEVED) {
            lookedAt = System.nanoTime();
            if (!loadedModules().equals(modules)) {
                kallsyms = new CompletableFuture<>();
                start();
            }
        }
        return kallsyms.isDone();
    }

    @Override
    public synchronized List<KernelSymbol> named(String name) {
        if (System.nanoTime() - lookedAt > BELIEVED || all().named(name).isEmpty()) {
            refresh();
        }
        return all().named(name).stream().map(KernelSymbols::adapt).toList();
    }

    @Override
    public List<KernelSymbol> matching(String glob) {
        refresh();
        Glob pattern = new Glob(glob);
        return all().matching(pattern.prefix(), pattern::matches).stream().map(KernelSymbols::adapt).toList();
    }

    @Override
    public List<String> nearest(String name, int most) {
        return Nearest.of(name, all().names(), most);
    }

    @Override
    public String unprobeable(KernelSymbol symbol) {
        return probeable().unprobeable(symbol);
    }

    /** Of the symbols as they are now. */
    private synchronized ProbeableFunctions probeable() {
        if (probeable == null || probeable.symbols() != all()) {
            if (probeable != null) {
                probeable.close();
            }
            probeable = new ProbeableFunctions(all());
        }
        return probeable;
    }

    @Override
    public long size(KernelSymbol symbol) {
        return all().size(new Kallsyms.Symbol(symbol.name(), symbol.module(), symbol.address()));
    }

    /** As the compiler knows it. */
    public static KernelSymbol adapt(Kallsyms.Symbol symbol) {
        return new KernelSymbol(symbol.name(), symbol.module(), symbol.address());
    }

    @Override
    public boolean loaded(String module) {
        return RuleModules.loaded(module);
    }
}
