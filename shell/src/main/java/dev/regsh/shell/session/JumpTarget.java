// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.CompiledRule;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.grammar.ast.Clause;
import dev.regsh.grammar.ast.FunctionName;
import dev.regsh.grammar.ast.Rule;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.errno.Errno;
import dev.regsh.libbpf.KernelException;
import dev.regsh.libbpf.ModuleHold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The module that {@code goto} sends calls to: it must not be unloaded meanwhile, or they would land in freed text. */
final class JumpTarget {
    private static final Path MODULES = Path.of("/proc/modules");

    private JumpTarget() {}

    /**
     * Keeps the target's module loaded; empty where the target is in the kernel image, in the probed module, or where the rule
     * has none.
     *
     * @throws DiagnosticException if the module cannot be held, or is another than the one whose address was compiled in
     */
    static Optional<ModuleHold> hold(Rule rule, CompiledRule compiled, SymbolSource symbols) {
        Clause.Goto jump = rule.clause(Clause.Goto.class).orElse(null);
        if (jump == null || !(compiled.probes().get(0).attach() instanceof AttachPoint.Kernel from)) {
            return Optional.empty();
        }
        FunctionName name = jump.function();
        // The compiler has made sure that there is only one.
        KernelSymbol to = symbols.named(name.function()).stream()
                .filter(s -> name.module().isEmpty() || s.module().equals(name.module().get()))
                .filter(s -> name.address() == 0 || s.address() == name.address()).findFirst().orElseThrow();
        if (to.module().isEmpty() || to.module().equals(from.module())) {
            return Optional.empty();
        }
        ModuleHold hold;
        try {
            hold = new ModuleHold(to.module(), to.name());
        } catch (KernelException refused) {
            throw refuse(name.span(), "module " + to.module() + " cannot be kept loaded while calls go to its " + to.name() + " ("
                    + Errno.name(refused.errno()) + ")", "a kernel with BTF for modules can hold it by a function that can be traced");
        }
        if (!stands(to)) {
            hold.close();
            throw refuse(name.span(), "module " + to.module() + " has been loaded anew since its symbols were read",
                    "start regsh again");
        }
        return Optional.of(hold);
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
