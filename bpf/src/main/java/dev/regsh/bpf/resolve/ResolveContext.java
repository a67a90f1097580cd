// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.bpf.symbol.UserSymbolSource;

/** What finding a rule's functions takes of the machine it is for. */
public interface ResolveContext {
    Architecture architecture();

    SymbolSource symbols();

    UserSymbolSource userSymbols();
}
