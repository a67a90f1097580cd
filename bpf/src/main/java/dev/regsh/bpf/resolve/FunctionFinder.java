// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions of the kernel that rules name. */
public final class FunctionFinder {
    private final ResolveContext context;

    public FunctionFinder(ResolveContext context) {
        this.context = context;
    }

    /** The one function of that name. */
    public KernelSymbol named(Optional<String> module, String name, long address, Span span) {
        List<KernelSymbol> named = context.symbols().named(name);
        if (named.isEmpty()) {
            throw new FunctionHints(context).none(module, name, span);
        }
        List<KernelSymbol> found = named.stream().filter(symbol -> module.isEmpty() || symbol.module().equals(module.get()))
                .filter(symbol -> address == 0 || symbol.address() == address).toList();
        if (found.isEmpty()) {
            throw Errors.at(span, "no function '" + name + "' " + (address == 0 ? "in module " + module.orElseThrow()
                    : "at 0x" + Long.toHexString(address)), "there is " + places(named));
        }
        if (found.size() > 1) {
            throw Errors.at(span, found.size() + " functions are named '" + name + "'", "pick one: " + places(found));
        }
        return found.get(0);
    }

    private static String places(List<KernelSymbol> symbols) {
        List<String> shown = new ArrayList<>();
        boolean addresses = symbols.stream().map(KernelSymbol::module).distinct().count() < symbols.size();
        for (KernelSymbol symbol : symbols.subList(0, Math.min(8, symbols.size()))) {
            shown.add((symbol.module().isEmpty() ? "" : symbol.module() + ":") + symbol.name()
                    + (addresses ? "@0x" + Long.toHexString(symbol.address()) : ""));
        }
        return String.join(", ", shown);
    }

    /** Refuses where no probe can be put. */
    void check(KernelSymbol symbol, Span span) {
        String why = context.symbols().unprobeable(symbol);
        if (!why.isEmpty()) {
            throw Errors.at(span, "'" + symbol.name() + "' cannot be probed: " + why, "probe a function that calls it");
        }
    }
}
