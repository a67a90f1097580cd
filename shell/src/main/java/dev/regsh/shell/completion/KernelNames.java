// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.bpf.type.FunctionType;
import dev.regsh.kallsyms.Kallsyms;
import dev.regsh.session.machine.KernelSymbols;
import dev.regsh.session.machine.KernelTypes;
import java.util.Optional;

/** What completion knows of the kernel. */
public interface KernelNames {
    /** Its functions; empty while they are still being read. */
    Optional<Kallsyms> functions();

    Optional<FunctionType> prototype(Kallsyms.Symbol symbol);

    /** A function in one line: its prototype, or why it cannot be probed. */
    String describe(Kallsyms.Symbol symbol);

    /** The running kernel. */
    static KernelNames of(KernelSymbols symbols, KernelTypes types) {
        return new KernelNames() {
            @Override
            public Optional<Kallsyms> functions() {
                return symbols.ready() ? Optional.of(symbols.all()) : Optional.empty();
            }

            @Override
            public Optional<FunctionType> prototype(Kallsyms.Symbol symbol) {
                return types.function(symbol.name(), symbol.module());
            }

            @Override
            public String describe(Kallsyms.Symbol symbol) {
                String why = symbols.unprobeable(KernelSymbols.adapt(symbol));
                // The name stands beside it.
                return why.isEmpty() ? types.declaration(symbol.name(), symbol.module()).orElse("")
                        .replace(symbol.name() + "(", "(") : "no probe: " + why;
            }
        };
    }
}
