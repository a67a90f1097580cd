// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.base.text.CompilerSuffix;
import dev.regsh.bpf.guard.ProtectedFunction;
import dev.regsh.bpf.guard.ProtectedFunctions;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.elf.KernelCode;
import dev.regsh.file.Reason;
import dev.regsh.session.Session;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.engine.Injectability;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.machine.ArgumentRegisters;
import dev.regsh.session.machine.KernelCallers;
import dev.regsh.shell.completion.FunctionProposals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandContext;

/** {@code info}: a kernel function's prototype, where its arguments travel, and what can be done to it here. */
final class InfoCommand extends RegshCommand {
    /** Beside the labels, on a terminal of 80 columns. */
    private static final int NAMES_WIDTH = 50;

    private final Session session;

    InfoCommand(Workspace workspace) {
        super(workspace, "info", "[MODULE:]FUNCTION", "shows a function: prototype, registers of its parameters, callers");
        session = workspace.session();
        setCompletionProvider(new FirstOperand(new FunctionProposals(workspace.kernel())::functions));
    }

    @Override
    protected String details() {
        return """
                Says too whether a probe can be put there, and which engines of this machine may change what it does, or why
                not. A name that exists several times is shown several times; MODULE:FUNCTION picks. Callers are those that
                call the function by its address, found in the kernel's code; who calls it through a pointer is not seen.""";
    }

    @Override
    protected List<String> examples() {
        return List.of("info vfs_read", "info btrfs:open_ctree");
    }

    @Override
    protected void check(CommandContext context) {
        only(context);
    }

    @Override
    protected void run(CommandContext context) {
        String name = only(context);
        int colon = name.indexOf(':');
        String function = name.substring(colon + 1);
        List<KernelSymbol> found = session.symbols().named(function).stream()
                .filter(symbol -> colon < 0 || symbol.module().equals(name.substring(0, colon))).toList();
        if (found.isEmpty()) {
            List<String> near = session.symbols().nearest(function, 3);
            throw new Failure("no kernel function '" + name + "'",
                    near.isEmpty() ? "find GLOB searches" : "did you mean " + String.join(", ", near));
        }
        found.forEach(this::show);
    }

    private void show(KernelSymbol symbol) {
        Map<String, Object> fields = FindCommand.fields(symbol);
        String prototype = session.types().declaration(symbol.name(), symbol.module()).orElse("");
        String why = session.symbols().unprobeable(symbol);
        StringBuilder text = new StringBuilder(prototype.isEmpty() ? symbol.name() + ": no type is known (BTF)" : prototype);
        line(text, "module", symbol.module().isEmpty() ? "none, the kernel image" : symbol.module());
        line(text, "address", String.valueOf(fields.get("address")));
        line(text, "probe", why.isEmpty() ? "yes" : "no: " + why);
        String guarded = ProtectedFunctions.of(symbol.module(), symbol.name()).map(InfoCommand::guarded).orElse("");
        if (!guarded.isEmpty()) {
            line(text, "it is", guarded);
        }
        List<Object> parameters = new ArrayList<>();
        session.types().function(symbol.name(), symbol.module()).ifPresent(type -> {
            List<String> registers = ArgumentRegisters.of(type, Architecture.ofThisMachine());
            String result = ArgumentRegisters.result(type, Architecture.ofThisMachine());
            fields.put("result", result);
            for (int i = 0; i < registers.size(); i++) {
                FunctionType.Parameter parameter = type.parameters().get(i);
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", parameter.name());
                row.put("register", registers.get(i));
                row.put("type", parameter.declared());
                parameters.add(row);
                line(text, registers.get(i).isEmpty() ? "nothing" : registers.get(i), parameter.name() + seen(registers.get(i)));
            }
            if (!result.isEmpty()) {
                line(text, "returns in", result + seen(result));
            }
        });
        callers(symbol, text, fields);
        clones(symbol, text, fields);
        fields.put("prototype", prototype);
        fields.put("parameters", parameters);
        fields.put("probeable", why.isEmpty());
        fields.put("why", why);
        fields.put("guarded", guarded);
        fields.put("engines", why.isEmpty() ? engines(symbol, text) : List.of());
        workspace().output().result("function", text.toString(), fields);
    }

    /** What the function is to the machine, and which rules may change it. */
    private static String guarded(ProtectedFunction function) {
        return function.why() + "; changed " + switch (function.protection()) {
            case NEEDED, NEEDED_EACH -> "by narrow rules, or with force";
            case MACHINE -> "with force";
            case RELEASE -> "by rules with pid, tid or comm";
            case MACHINE_RELEASE -> "by rules with pid, tid or comm, and force";
            case INTERRUPT -> "by no rule";
        };
    }

    private static String seen(String place) {
        return place.matches(".*(xmm|st|v)[0-9].*") ? ", in registers that no probe sees" : "";
    }

    /** What the compiler has made of it besides: copies for some callers, and the rest of what it has inlined into others. */
    private void clones(KernelSymbol symbol, StringBuilder text, Map<String, Object> fields) {
        List<String> clones = session.symbols().matching(symbol.name() + ".*").stream()
                .filter(other -> other.module().equals(symbol.module()) && !CompilerSuffix.isColdPart(other.name()))
                .map(KernelSymbol::name).distinct().toList();
        fields.put("clones", clones);
        if (!clones.isEmpty()) {
            line(text, "also made", some(clones) + (clones.stream().anyMatch(name -> name.contains(".part."))
                    ? "; the rest may be inlined: such calls do not come here" : "; their calls do not come here"));
        }
    }

    private void callers(KernelSymbol symbol, StringBuilder text, Map<String, Object> fields) {
        try {
            List<String> callers = new KernelCallers(session.symbols()).of(symbol);
            fields.put("callers", callers);
            line(text, "called by", callers.isEmpty() ? "none by its address: through a pointer, or inlined" : some(callers));
        } catch (IOException unreadable) {
            line(text, "called by", "not known: " + KernelCode.PATH + " cannot be read (" + Reason.of(unreadable) + ")");
        }
    }

    /** As many as fit a line. */
    private static String some(List<String> names) {
        StringBuilder text = new StringBuilder(names.get(0));
        int shown = 1;
        while (shown < names.size() && text.length() + names.get(shown).length() < NAMES_WIDTH) {
            text.append(", ").append(names.get(shown++));
        }
        return shown == names.size() ? text.toString() : text + ", " + (names.size() - shown) + " more";
    }

    private List<Object> engines(KernelSymbol symbol, StringBuilder text) {
        List<Object> rows = new ArrayList<>();
        // Without privilege nothing can be tried; the rest is worth showing all the same.
        Engines engines = Engines.privileged() ? session.compiler().engines() : null;
        Injectability injectability = new Injectability();
        for (Engine engine : Engine.values()) {
            if (engines != null && engines.lack(engine).isEmpty() && engine != Engine.UPROBE_CTX) {
                String refusal = injectability.refusal(engine, symbol);
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("engine", engine.label());
                row.put("allowed", refusal.isEmpty());
                row.put("why", refusal);
                rows.add(row);
                line(text, "by " + engine.label(), refusal.isEmpty() ? "may change it" : "no: " + refusal);
            }
        }
        if (rows.isEmpty()) {
            line(text, "engines", engines == null ? "unknown without privilege: sudo regsh" : "none works here; see doctor");
        }
        return rows;
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format("%n  %-15s  %s", label, value));
    }
}
