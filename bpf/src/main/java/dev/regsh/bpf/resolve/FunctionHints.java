// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Span;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is meant by the name of a kernel function that there is not: what a colleague would say who knows this kernel. */
final class FunctionHints {
    /** Before a system call's name, in the kernel's sources and in its symbols (include/linux/syscalls.h, arch wrappers). */
    private static final List<String> SYSCALL_PREFIXES = List.of("__x64_sys_", "__arm64_sys_", "__ia32_sys_", "__se_sys_",
            "__do_sys_", "ksys_", "sys_", "SyS_", "SYSC_", "");
    /** What people write before a colon to say that it is a system call. */
    private static final Set<String> SYSCALL_WORDS = Set.of("syscall", "syscalls", "sys", "sc");
    /** Allocators that are macros or inline, and the functions they end in, of some kernel or other (include/linux/slab.h). */
    private static final List<String> KMALLOC = List.of("__kmalloc_noprof", "__kmalloc_cache_noprof", "__kmalloc_large_noprof",
            "__kmalloc", "kmalloc_trace", "kmem_cache_alloc_trace", "kmalloc_order", "kmalloc_large");
    private static final List<String> KVMALLOC = List.of("__kvmalloc_node_noprof", "kvmalloc_node_noprof", "kvmalloc_node");
    private static final List<String> ALLOC_PAGES = List.of("__alloc_pages_noprof", "__alloc_frozen_pages_noprof",
            "alloc_pages_noprof",
            "__alloc_pages", "__alloc_pages_nodemask", "alloc_pages");
    private static final Map<String, List<String>> INLINE = Map.ofEntries(Map.entry("kmalloc", KMALLOC),
            Map.entry("kzalloc", KMALLOC), Map.entry("kcalloc", KMALLOC), Map.entry("kmalloc_array", KMALLOC),
            Map.entry("kmalloc_node", KMALLOC), Map.entry("kzalloc_node", KMALLOC), Map.entry("kvmalloc", KVMALLOC),
            Map.entry("kvzalloc", KVMALLOC), Map.entry("kvmalloc_array", KVMALLOC), Map.entry("kvcalloc", KVMALLOC),
            Map.entry("alloc_page", ALLOC_PAGES), Map.entry("alloc_pages", ALLOC_PAGES));

    private final ResolveContext context;

    FunctionHints(ResolveContext context) {
        this.context = context;
    }

    /** The error of a name that no function of the kernel has. */
    DiagnosticException none(Optional<String> module, String name, Span span) {
        SymbolSource symbols = context.symbols();
        Optional<String> call = module.isEmpty() || SYSCALL_WORDS.contains(module.get()) ? systemCall(name) : Optional.empty();
        if (call.isPresent()) {
            return Errors.at(span, "no kernel function '" + name + "': as a system call it is " + call.get(),
                    "on " + call.get() + "; its one argument, regs, points to the caller's registers: "
                            + callerRegisters());
        }
        if (module.isPresent() && SYSCALL_WORDS.contains(module.get())) {
            return Errors.at(span, "no system call '" + name + "'", Errors.didYouMean(nearCalls(name)));
        }
        if (module.isPresent() && !symbols.loaded(module.get())) {
            return notLoaded(module.get(), name, span);
        }
        List<String> made = symbols.matching(name + ".*").stream().map(KernelSymbol::name).distinct().toList();
        if (!made.isEmpty()) {
            return Errors.at(span, "no kernel function '" + name + "': the compiler has made " + String.join(", ", made)
                    + " of it", "probe that; its arguments may be others, in other registers");
        }
        List<String> known = allocators(name);
        if (!known.isEmpty()) {
            return Errors.at(span, "no kernel function '" + name + "': in this kernel it is a macro or inlined",
                    "what it calls is " + String.join(", ", known));
        }
        List<String> near = symbols.nearest(name, 3);
        return Errors.at(span, "no kernel function '" + name + "'", near.isEmpty()
                ? "if that is its name, it is inlined wherever it is called, or in a module that is not loaded"
                : Errors.didYouMean(near));
    }

    /** The hint where no function matches a glob. */
    String glob(Optional<String> module, String pattern) {
        if (module.isPresent() && SYSCALL_WORDS.contains(module.get())) {
            return "the functions of system calls begin with " + prefix() + ": on " + prefix() + pattern;
        } else if (module.isPresent() && !context.symbols().loaded(module.get())) {
            return "module " + module.get() + " is not loaded: modprobe " + module.get();
        }
        return "try find GLOB";
    }

    private Optional<String> systemCall(String name) {
        for (String before : SYSCALL_PREFIXES) {
            if (name.startsWith(before)) {
                String function = prefix() + name.substring(before.length());
                return context.symbols().named(function).isEmpty() ? Optional.empty() : Optional.of(function);
            }
        }
        return Optional.empty();
    }

    private List<String> nearCalls(String name) {
        return context.symbols().nearest(prefix() + name, 3).stream().filter(near -> near.startsWith(prefix())).toList();
    }

    private boolean x86() {
        return context.architecture() == Architecture.X86_64;
    }

    private String prefix() {
        return x86() ? "__x64_sys_" : "__arm64_sys_";
    }

    private String callerRegisters() {
        return x86() ? "regs->di, regs->si, regs->dx, regs->r10, regs->r8, regs->r9" : "regs->regs[0] to regs->regs[5]";
    }

    private List<String> allocators(String name) {
        Set<String> wanted = new LinkedHashSet<>();
        wanted.add(name + "_noprof");
        wanted.addAll(INLINE.getOrDefault(name, List.of()));
        return wanted.stream().filter(each -> !each.equals(name) && !context.symbols().named(each).isEmpty()).toList();
    }

    private DiagnosticException notLoaded(String module, String name, Span span) {
        Optional<String> path = context.userSymbols().pathOf(module);
        return path.isPresent()
                ? Errors.at(span, "'" + module + "' is no module of the kernel", "a program or library needs its path: "
                        + path.get() + ":" + name)
                : Errors.at(span, "module '" + module + "' is not loaded", "modprobe " + module + ", then the rule again");
    }
}
