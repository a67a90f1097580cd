// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf;

import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.bpf.type.TypeSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What the compiler knows of the machine a rule is for.
 *
 * @param engines those that work here; for {@code plan} without privileges: those that might
 * @param atomicFetch the kernel has fetching atomics in BPF (from 5.12)
 * @param memoryWrite {@code bpf_override_mem} is available beside {@code bpf_override_regs}
 * @param userReadsWait programs at user probes may sleep: a page of the process that is not in memory is fetched;
 *        asked when a rule wants to know
 */
public record CompileContext(Architecture architecture, Set<Engine> engines, SymbolSource symbols, TypeSource types,
        UserSymbolSource userSymbols, CgroupSource cgroups, boolean atomicFetch, boolean memoryWrite,
        BooleanSupplier userReadsWait) {

    public CompileContext {
        engines = engines.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(engines));
    }

    /** A context with the kernel's functions and types alone, of a kernel from 5.12. */
    public static CompileContext of(Architecture architecture, Set<Engine> engines, SymbolSource symbols, TypeSource types) {
        return new CompileContext(architecture, engines, symbols, types, UserSymbolSource.NONE, CgroupSource.NONE, true,
                false, () -> false);
    }
}
