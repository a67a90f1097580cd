// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.compile;

import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.engine.NoEngineException;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.engine.UserFlow;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.machine.Cgroups;
import dev.regsh.session.machine.KernelSymbols;
import dev.regsh.session.machine.KernelTypes;
import dev.regsh.session.machine.LettingGo;
import dev.regsh.session.module.RuleModules;
import dev.regsh.session.program.UserPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles rules for the machine this runs on, with what it finds there. For several threads. */
public final class MachineCompiler implements AutoCloseable {
    private static final Path TYPES = Path.of("/sys/kernel/btf/vmlinux");

    private final KernelSymbols symbols;
    private final KernelTypes types;
    private final UserPrograms programs;
    private @Nullable Engines engines;
    /** The module as it was when they were asked for. */
    private @Nullable RuleModules engineModule;
    private @Nullable UserFlow userFlow;

    public MachineCompiler(KernelSymbols symbols, KernelTypes types, UserPrograms programs) {
        this.symbols = symbols;
        this.types = types;
        this.programs = programs;
    }

    /**
     * Those of now: the module may have come since they were asked for, or have come back.
     *
     * @throws Failure if the process may not ask the kernel
     */
    public synchronized Engines engines() {
        RuleModules now = RuleModules.named(Engines.MODULE);
        if (engines == null || !now.same(engineModule)) {
            if (!Engines.privileged()) {
                throw new Failure(Failure.Kind.UNSUPPORTED, "regsh may not load BPF programs: it lacks CAP_SYS_ADMIN",
                        "run it as root: sudo regsh");
            }
            if (!Files.exists(TYPES)) {
                throw new Failure(Failure.Kind.UNSUPPORTED, "this kernel has no BTF (" + TYPES + ")",
                        "use a kernel built with CONFIG_DEBUG_INFO_BTF");
            }
            engines = new Engines();
            engineModule = now;
            userFlow = null;
        }
        return engines;
    }

    private synchronized UserFlow userFlow() {
        Engines now = engines();
        if (userFlow == null) {
            userFlow = new UserFlow(now);
        }
        return userFlow;
    }

    /** No rule that it has compiled is loaded any more. */
    @Override
    public synchronized void close() {
        if (engines != null) {
            engines.close();
            engines = null;
        }
    }

    /** A rule that is to be loaded here. */
    public CompiledRule compile(Rule rule) {
        Engines found = engines();
        try {
            CompiledRule compiled = RuleCompiler.compile(rule,
                    new CompileContext(Architecture.ofThisMachine(), found.available(), symbols,
                            types, programs, new Cgroups(), new LettingGo(), found::can));
            userFlow().check(rule, compiled);
            return compiled;
        } catch (NoEngineException none) {
            throw new Failure(Failure.Kind.UNSUPPORTED, none.getMessage(), could(none, found));
        }
    }

    /** What each engine lacks that could do it; in one sentence where several lack the same. */
    private static String could(NoEngineException none, Engines found) {
        Map<String, List<String>> lacking = new LinkedHashMap<>();
        for (Engine engine : none.could()) {
            String lack = found.lack(engine).map(is -> is.reason() + ": " + is.remedy()).orElseGet(() -> found.found(engine));
            lacking.computeIfAbsent(lack, each -> new ArrayList<>()).add(engine.label());
        }
        return lacking.entrySet().stream().map(each -> String.join(" and ", each.getValue()) + " could, but " + each.getKey())
                .collect(Collectors.joining("; "));
    }

    /** A rule that is to be looked at: where the engines cannot be asked for lack of privilege, for any that could do it. */
    public CompiledRule plan(Rule rule) {
        return Engines.privileged() && !engines().available().isEmpty() ? compile(rule)
                : RuleCompiler.compile(rule, new CompileContext(Architecture.ofThisMachine(), EnumSet.allOf(Engine.class), symbols,
                        types, programs, new Cgroups(), new LettingGo(), ability -> true));
    }
}
