// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.base.text.CompilerSuffix;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.elf.KernelCode;
import dev.regsh.kallsyms.Kallsyms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Who calls a kernel function, by the call instructions of all the kernel's code; calls through pointers are not seen. */
public final class KernelCallers {
    private final KernelSymbols symbols;

    public KernelCallers(KernelSymbols symbols) {
        this.symbols = symbols;
    }

    /**
     * Each caller once, in order of name; {@code MODULE:FUNCTION} in a module.
     *
     * @throws IOException where the kernel's code cannot be read
     */
    public List<String> of(KernelSymbol function) throws IOException {
        Kallsyms all = symbols.all();
        if (function.address() == 0) {
            throw new IOException("addresses are hidden");
        }
        TreeSet<String> callers = new TreeSet<>();
        try (KernelCode code = new KernelCode(KernelCode.PATH)) {
            for (Kallsyms.Range range : all.ranges()) {
                for (long site : code.callsTo(function.address(), range.from(), range.to())) {
                    all.at(site).map(KernelCallers::name).ifPresent(callers::add);
                }
            }
        }
        return new ArrayList<>(callers);
    }

    /** The compiler puts what is seldom run of a function elsewhere. */
    private static String name(Kallsyms.Symbol symbol) {
        String name = CompilerSuffix.withoutCold(symbol.name());
        return symbol.module().isEmpty() ? name : symbol.module() + ":" + name;
    }
}
