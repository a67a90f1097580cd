// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.base.errno.Errno;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.elf.FunctionEntry;
import dev.regsh.elf.KernelCode;
import dev.regsh.elf.Machine;
import dev.regsh.kallsyms.Kallsyms;
import dev.regsh.kallsyms.TracedFunctions;
import dev.regsh.libbpf.LibraryMissingException;
import dev.regsh.libbpf.ProbeLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the kernel's functions take a probe, as far as can be seen without putting one there. */
public final class ProbeableFunctions implements AutoCloseable {
    private static final Path BLACKLIST = Path.of("/sys/kernel/debug/kprobes/blacklist");

    private final Kallsyms symbols;
    private boolean forbiddenAsked;
    private final Set<String> forbiddenNames = new HashSet<>();
    /** Where forbidden ranges begin, in order (unsigned), and end. */
    private long[][] forbidden = {};
    private boolean codeAsked;
    private Optional<KernelCode> code = Optional.empty();
    private boolean tracedAsked;
    private Optional<TracedFunctions> traced = Optional.empty();
    /** Null: not tried yet, or trying told nothing. */
    private @Nullable Boolean untracedAreRefused;

    ProbeableFunctions(Kallsyms symbols) {
        this.symbols = symbols;
    }

    Kallsyms symbols() {
        return symbols;
    }

    /** Why none can be put there; empty: nothing is known against it. */
    String unprobeable(KernelSymbol symbol) {
        if (symbol.module().isEmpty() && isInitCode(symbol.address())) {
            return "it ran while the kernel started, and is no longer in memory (init code)";
        }
        if (isForbidden(symbol)) {
            return "the kernel forbids probes there (kprobes blacklist)";
        }
        if (!Kallsyms.isKernel(symbol.module())) {
            return "it is no function of the kernel, but was made at run time";
        }
        if (symbol.name().startsWith("__SCT__")) {
            return "it is no function, but the jump of a static call";
        }
        return isTraced(symbol) || !refusesUntraced(symbol) ? ""
                : "the kernel cannot trace it (notrace), and this one takes probes only where it can";
    }

    /** What is freed after the start; {@code __init_begin} comes before the code there. */
    private boolean isInitCode(long address) {
        return Long.compareUnsigned(address, addressOf("_sinittext")) >= 0
                && Long.compareUnsigned(address, addressOf("_einittext")) < 0;
    }

    private long addressOf(String name) {
        return symbols.named(name).stream().mapToLong(Kallsyms.Symbol::address).findFirst().orElse(0);
    }

    private synchronized boolean isForbidden(KernelSymbol symbol) {
        if (!forbiddenAsked) {
            forbiddenAsked = true;
            readForbidden();
        }
        if (symbol.address() == 0 || forbidden.length == 0) {
            return forbiddenNames.contains(symbol.name());
        }
        int at = Arrays.binarySearch(forbidden, new long[] {symbol.address()},
                (one, other) -> Long.compareUnsigned(one[0], other[0]));
        int last = at >= 0 ? at : -at - 2;
        return last >= 0 && Long.compareUnsigned(symbol.address(), forbidden[last][1]) < 0;
    }

    /** START-END, a tab, NAME, and in a module [MODULE] behind it, a line each (kernel/kprobes.c); NOKPROBE of modules too. */
    private void readForbidden() {
        try {
            List<String> lines = Files.readAllLines(BLACKLIST);
            forbidden = lines.stream().map(ProbeableFunctions::range).filter(range -> range[1] != 0)
                    .sorted((one, other) -> Long.compareUnsigned(one[0], other[0])).toArray(long[][]::new);
            lines.forEach(line -> forbiddenNames.add(line.substring(line.lastIndexOf('\t') + 1).split(" ")[0]));
        } catch (IOException unreadable) {
            // Without it the kernel itself refuses, with less to say.
        }
    }

    private static long[] range(String line) {
        String[] ends = line.substring(0, Math.max(0, line.indexOf('\t'))).split("-");
        try {
            return new long[] {Long.parseUnsignedLong(ends[0].substring(2), 16), Long.parseUnsignedLong(ends[1].substring(2), 16)};
        } catch (RuntimeException hidden) {
            return new long[2];
        }
    }

    private boolean isTraced(KernelSymbol symbol) {
        if (entryIsTraced(symbol)) {
            return true;
        }
        // The kernel goes by the function that the compiler has made it of, if that is left (kernel/trace/trace_kprobe.c).
        int dot = symbol.name().indexOf('.');
        return dot > 0 && symbols.named(symbol.name().substring(0, dot)).stream().map(KernelSymbols::adapt)
                .anyMatch(this::entryIsTraced);
    }

    /** Its code tells at once, the kernel's own list takes it long to make; also where neither can be had. */
    private boolean entryIsTraced(KernelSymbol symbol) {
        byte[] entry = entry(symbol);
        if (entry.length != 0 && (FunctionEntry.traced(machine(), entry) || machine() == Machine.X86_64)) {
            return FunctionEntry.traced(machine(), entry);
        }
        // On arm64 a kernel may also be built with calls behind the first instructions (-pg).
        return traced().map(known -> known.contains(symbol.name(), symbol.module())).orElse(true);
    }

    private synchronized Optional<TracedFunctions> traced() {
        if (!tracedAsked) {
            tracedAsked = true;
            traced = TracedFunctions.read();
        }
        return traced;
    }

    /** Its first bytes; empty where they cannot be read. */
    private synchronized byte[] entry(KernelSymbol symbol) {
        if (!codeAsked) {
            codeAsked = true;
            code = open();
        }
        if (symbol.address() == 0 || code.isEmpty()) {
            return new byte[0];
        }
        long size = size(symbol);
        try {
            return code.get().read(symbol.address(), (int) Math.min(FunctionEntry.BYTES, size <= 0 ? FunctionEntry.BYTES : size));
        } catch (IOException absent) {
            return new byte[0];
        }
    }

    private long size(KernelSymbol symbol) {
        return symbols.size(new Kallsyms.Symbol(symbol.name(), symbol.module(), symbol.address()));
    }

    /** Of the code that was read. */
    private Machine machine() {
        return code.map(KernelCode::machine).orElse(Machine.X86_64);
    }

    private static Optional<KernelCode> open() {
        try {
            return Optional.of(new KernelCode(KernelCode.PATH));
        } catch (IOException unreadable) {
            // No privilege, lockdown, or a kernel without the file.
        }
        return Optional.empty();
    }

    /**
     * Whether this kernel refuses probes in functions that it cannot trace (CONFIG_KPROBE_EVENTS_ON_NOTRACE is off): it says so
     * before it looks whether an instruction begins there, and in the middle of one none is put in either case. Where the code
     * cannot be seen the last place before the next function has to do, often padding, where no harm is done for a moment.
     */
    private synchronized boolean refusesUntraced(KernelSymbol symbol) {
        if (untracedAreRefused == null) {
            byte[] entry = entry(symbol);
            int middle = FunctionEntry.middle(machine(), entry);
            long size = size(symbol);
            int unit = Architecture.ofThisMachine().instructionUnit();
            if (middle < 0 && size <= unit) {
                return false;
            }
            int answer = attempt(symbol.address() + (middle < 0 ? size - unit : middle));
            String name = Errno.name(answer);
            untracedAreRefused = name.equals("EINVAL") ? Boolean.TRUE
                    : (name.equals("EILSEQ") || answer == 0) ? Boolean.FALSE : null;
        }
        return Boolean.TRUE.equals(untracedAreRefused);
    }

    @Override
    public synchronized void close() {
        try {
            if (code.isPresent()) {
                code.get().close();
            }
        } catch (IOException ignored) {
            // Nothing was written.
        }
        codeAsked = true;
        code = Optional.empty();
    }

    private static int attempt(long address) {
        try {
            return ProbeLink.attempt(address);
        } catch (LibraryMissingException missing) {
            return Errno.number("ENOSYS").orElseThrow();
        }
    }
}
