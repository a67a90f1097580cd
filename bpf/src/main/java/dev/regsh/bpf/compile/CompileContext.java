// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.compile;

import dev.regsh.bpf.check.CheckContext;
import dev.regsh.bpf.engine.EngineContext;
import dev.regsh.bpf.lower.LoweringContext;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.bpf.symbol.TaskSource;
import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.bpf.type.TypeSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the compiler knows of the machine a rule is for; each of its layers sees the part that it takes.
 *
 * @param engines those that work here; for {@code plan} without privileges: those that might
 * @param tasks those that must be able to let go of the rule
 * @param abilities what its kernel offers to programs; asked when a rule wants to know
 */
public record CompileContext(Architecture architecture, Set<Engine> engines, SymbolSource symbols, TypeSource types,
        UserSymbolSource userSymbols, CgroupSource cgroups, TaskSource tasks,
        Predicate<Ability> abilities) implements CheckContext, EngineContext, LoweringContext {

    public CompileContext {
        engines = engines.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(engines));
    }

    /** One in which no task has a rule to let go of. */
    public CompileContext(Architecture architecture, Set<Engine> engines, SymbolSource symbols, TypeSource types,
            UserSymbolSource userSymbols, CgroupSource cgroups, Predicate<Ability> abilities) {
        this(architecture, engines, symbols, types, userSymbols, cgroups, TaskSource.NONE, abilities);
    }

    @Override
    public boolean can(Ability ability) {
        return abilities.test(ability);
    }

    /** A context with the kernel's functions and types alone, of a kernel from 5.15. */
    public static CompileContext of(Architecture architecture, Set<Engine> engines, SymbolSource symbols, TypeSource types) {
        return new CompileContext(architecture, engines, symbols, types, UserSymbolSource.NONE, CgroupSource.NONE,
                EnumSet.of(Ability.FETCHING_ATOMICS, Ability.ATTACH_COOKIES, Ability.ANCESTOR_CGROUPS)::contains);
    }
}
