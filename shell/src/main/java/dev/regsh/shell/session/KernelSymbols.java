// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.grammar.diagnostic.Nearest;
import dev.regsh.grammar.text.Glob;
import dev.regsh.kallsyms.Kallsyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The running kernel's functions for the compiler and for completion; read in the background from the start on. */
public final class KernelSymbols implements SymbolSource {
    private static final Path MODULES = Path.of("/proc/modules");

    private volatile CompletableFuture<Kallsyms> kallsyms = new CompletableFuture<>();
    private volatile String modules = "";
    private ProbeableFunctions probeable;

    public KernelSymbols() {
        Thread reader = new Thread(this::read, "kallsyms");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        modules = loadedModules();
        try {
            kallsyms.complete(Kallsyms.read());
        } catch (IOException | RuntimeException unreadable) {
            kallsyms.complete(Kallsyms.read(new byte[0]));
        }
    }

    /** Their names and addresses. */
    private static String loadedModules() {
        try {
            // NAME SIZE USERS BY STATE ADDRESS: who uses one changes all the time.
            return Files.readAllLines(MODULES).stream().map(line -> line.split(" "))
                    .map(words -> words[0] + words[words.length > 5 ? 5 : 1]).collect(Collectors.joining("\n"));
        } catch (IOException none) {
            return "";
        }
    }

    /** Waits for the reader. */
    public Kallsyms all() {
        return kallsyms.join();
    }

    /** What is known already, for Tab. */
    public boolean ready() {
        return kallsyms.isDone();
    }

    @Override
    public synchronized List<KernelSymbol> named(String name) {
        if (all().named(name).isEmpty() && !loadedModules().equals(modules)) {
            // A module has come or gone since the functions were read.
            kallsyms = new CompletableFuture<>();
            read();
        }
        return all().named(name).stream().map(KernelSymbols::adapt).toList();
    }

    @Override
    public List<KernelSymbol> matching(String glob) {
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
        // Code that was built in may have a folder there, too, but no state (kernel/module/sysfs.c).
        return Files.exists(Path.of("/sys/module", module, "initstate"));
    }
}
