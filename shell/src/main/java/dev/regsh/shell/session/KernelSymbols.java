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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The running kernel's functions for the compiler and for completion; read in the background from the start on. */
public final class KernelSymbols implements SymbolSource {
    private static final Path MODULES = Path.of("/proc/modules");
    private static final Path BLACKLIST = Path.of("/sys/kernel/debug/kprobes/blacklist");

    private volatile CompletableFuture<Kallsyms> kallsyms = new CompletableFuture<>();
    private volatile String modules = "";
    private Set<String> blacklist;

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
    public synchronized String unprobeable(KernelSymbol symbol) {
        if (blacklist == null) {
            blacklist = new HashSet<>();
            try {
                // START-END NAME, a line each (kernel/kprobes.c).
                for (String line : Files.readAllLines(BLACKLIST)) {
                    blacklist.add(line.substring(line.lastIndexOf('\t') + 1).strip());
                }
            } catch (IOException unreadable) {
                // Without it the kernel itself refuses, with less to say.
            }
        }
        if (symbol.module().isEmpty() && isInitCode(symbol.address())) {
            return "it ran while the kernel started, and is no longer in memory (init code)";
        }
        return blacklist.contains(symbol.name()) ? "the kernel forbids probes there (kprobes blacklist)" : "";
    }

    private boolean isInitCode(long address) {
        long from = all().named("_sinittext").stream().mapToLong(Kallsyms.Symbol::address).findFirst().orElse(0);
        long to = all().named("_einittext").stream().mapToLong(Kallsyms.Symbol::address).findFirst().orElse(0);
        return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
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
