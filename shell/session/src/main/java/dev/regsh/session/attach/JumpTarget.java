// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.clause.GotoClause;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.ModuleHold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where {@code goto} sends calls.
 *
 * @param hold keeps its module loaded meanwhile, or they would land in freed text; empty where it cannot be unloaded before the
 *     probed function is
 */
public record JumpTarget(KernelSymbol to, Optional<ModuleHold> hold) {
    private static final Path MODULES = Path.of("/proc/modules");

    /**
     * Empty where the rule has no {@code goto}, or one in a user program.
     *
     * @param live those of the rules that are attached already
     * @throws DiagnosticException if calls would go round in a circle with those, or if the module cannot be held, or is another
     *     than the one whose address was compiled in
     */
    public static Optional<JumpTarget> of(Rule rule, CompiledRule compiled, SymbolSource symbols, Collection<Attachment> live) {
        GotoClause jump = rule.clause(GotoClause.class).orElse(null);
        if (jump == null || !(compiled.probes().get(0).attach() instanceof AttachPoint.Kernel)) {
            return Optional.empty();
        }
        FunctionName name = jump.function();
        // The compiler has made sure that there is only one.
        KernelSymbol to = symbols.named(name.function()).stream()
                .filter(s -> name.module().isEmpty() || s.module().equals(name.module().get()))
                .filter(s -> name.address() == 0 || s.address() == name.address()).findFirst().orElseThrow();
        if (rule.clause(ForceClause.class).isEmpty()) {
            checkEnds(compiled, to, live, name.span());
        }
        boolean heldAnyway = to.module().isEmpty() || compiled.probes().stream()
                .allMatch(probe -> probe.attach() instanceof AttachPoint.Kernel from && from.module().equals(to.module()));
        return Optional.of(new JumpTarget(to, heldAnyway ? Optional.empty() : Optional.of(hold(to, name))));
    }

    /** A call that comes back to where it was sent away from never ends, and its processor with it. */
    private static void checkEnds(CompiledRule compiled, KernelSymbol to, Collection<Attachment> live, Span span) {
        Deque<KernelSymbol> reached = new ArrayDeque<>(List.of(to));
        Set<Long> seen = new HashSet<>();
        while (!reached.isEmpty()) {
            KernelSymbol at = reached.pop();
            for (Attachment rule : live) {
                KernelSymbol next = rule.target().map(JumpTarget::to).orElse(null);
                if (next == null || rule.compiled().dry() || !probes(rule.compiled(), at)) {
                    continue;
                }
                if (probes(compiled, next)) {
                    throw refuse(span, "calls would never end: rule '" + rule.rule() + "' sends those of " + at.name()
                            + " back to " + next.name(), "detach " + rule.rule() + " first; force insists");
                }
                if (seen.add(next.address())) {
                    reached.push(next);
                }
            }
        }
    }

    private static boolean probes(CompiledRule rule, KernelSymbol function) {
        return rule.probes().stream().anyMatch(probe -> probe.attach() instanceof AttachPoint.Kernel kernel
                && kernel.function().equals(function.name()) && kernel.module().equals(function.module()));
    }

    private static ModuleHold hold(KernelSymbol to, FunctionName name) {
        ModuleHold hold;
        try {
            hold = new ModuleHold(to.module(), to.name());
        } catch (KernelException refused) {
            throw refuse(name.span(), "module " + to.module() + " cannot be kept loaded while calls go to its " + to.name() + " ("
                    + Errno.name(refused.errno()) + ")",
                    "a kernel with BTF for modules can hold it by a function that can be traced");
        }
        if (!stands(to)) {
            hold.close();
            throw refuse(name.span(), "module " + to.module() + " has been loaded anew since its symbols were read",
                    "type the rule again");
        }
        return hold;
    }

    private static DiagnosticException refuse(Span span, String what, String remedy) {
        return new DiagnosticException(new Diagnostic(span, what, remedy));
    }

    /** Whether the module is where it was: a line is name, size, references, users, state and address. */
    private static boolean stands(KernelSymbol symbol) {
        try {
            for (String line : Files.readAllLines(MODULES)) {
                String[] fields = line.split(" ");
                if (fields[0].equals(symbol.module())) {
                    long within = symbol.address() - Long.parseUnsignedLong(fields[5].substring(2), 16);
                    return within >= 0 && within < Long.parseLong(fields[1]);
                }
            }
        } catch (IOException unreadable) {
            return false;
        }
        return false;
    }
}
