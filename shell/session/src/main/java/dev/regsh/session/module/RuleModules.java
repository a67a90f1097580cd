// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.module;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.grammar.clause.CallerClause;
import dev.regsh.grammar.statement.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The modules of the kernel that a rule needs, as they were when it was attached. Where it needs none, nothing is looked at. */
public final class RuleModules {
    private static final Path FOLDER = Path.of("/sys/module");
    private static final String ABSENT = "";

    private final Path folder;
    /** By name: what tells one loading from the next, or {@link #ABSENT}. */
    private final Map<String, Object> seen = new TreeMap<>();

    public RuleModules(Path folder, Collection<String> modules) {
        this.folder = folder;
        modules.forEach(module -> seen.put(module, identity(module)));
    }

    /** Those whose functions it probes, and those of callers that it asks for. A target of goto cannot be unloaded. */
    public static RuleModules of(Rule rule, CompiledRule compiled, SymbolSource symbols) {
        Collection<String> modules = new TreeSet<>();
        for (CompiledRule.ProbeProgram probe : compiled.probes()) {
            if (probe.attach() instanceof AttachPoint.Kernel kernel) {
                modules.add(kernel.module());
            }
        }
        if (!modules.isEmpty()) {
            rule.clause(CallerClause.class).map(CallerClause::function).ifPresent(caller -> symbols.named(caller.function())
                    .stream().map(KernelSymbol::module)
                    .filter(module -> caller.module().isEmpty() || caller.module().get().equals(module)).forEach(modules::add));
        }
        // The kernel image.
        modules.remove("");
        return new RuleModules(FOLDER, modules);
    }

    public static RuleModules named(String module) {
        return new RuleModules(FOLDER, List.of(module));
    }

    /** Whether a module of that name is loaded, and its functions can be probed. */
    public static boolean loaded(String module) {
        return named(module).absent().isEmpty();
    }

    /** The same modules as they are now. */
    public RuleModules now() {
        return new RuleModules(folder, seen.keySet());
    }

    /** Both, as they are now. */
    public RuleModules with(RuleModules other) {
        Collection<String> modules = new TreeSet<>(seen.keySet());
        modules.addAll(other.seen.keySet());
        return new RuleModules(folder, modules);
    }

    public boolean same(@Nullable RuleModules other) {
        return other != null && seen.equals(other.seen);
    }

    public boolean none() {
        return seen.isEmpty();
    }

    public List<String> absent() {
        return seen.entrySet().stream().filter(each -> each.getValue().equals(ABSENT)).map(Map.Entry::getKey).toList();
    }

    /** Those that are there and are not what they were then. */
    public List<String> newSince(RuleModules then) {
        return seen.entrySet().stream().filter(each -> !each.getValue().equals(ABSENT)
                && !each.getValue().equals(then.seen.get(each.getKey()))).map(Map.Entry::getKey).toList();
    }

    /**
     * The folder of a module that is loaded anew has another inode (sysfs); before it is ready, and when it goes, it is not live.
     * Code that was built in may have a folder, too, but no state (kernel/params.c).
     */
    private Object identity(String module) {
        Path of = folder.resolve(module);
        try {
            return Files.readString(of.resolve("initstate")).strip().equals("live")
                    ? Files.readAttributes(of, BasicFileAttributes.class).fileKey() : ABSENT;
        } catch (IOException gone) {
            return ABSENT;
        }
    }

    /** The beginning of a sentence about them: {@code modules a, b are}. */
    public static String sentence(List<String> modules) {
        return (modules.size() == 1 ? "module " : "modules ") + String.join(", ", modules) + (modules.size() == 1 ? " is" : " are");
    }
}
