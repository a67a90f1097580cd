// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.shell.Failure;
import dev.regsh.shell.output.Output;
import dev.regsh.shell.session.ArgumentRegisters;
import dev.regsh.shell.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code info}: a kernel function's prototype, where its arguments travel, and whether a probe can be put there. */
final class InfoCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    InfoCommand(Session session, Output output) {
        super("info", "[MODULE:]FUNCTION", "shows a function's prototype, the register of each parameter, where it is");
        this.session = session;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        String name = only(words);
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
        text.append("\n  module     ").append(symbol.module().isEmpty() ? "none, the kernel image" : symbol.module())
                .append("\n  address    ").append(fields.get("address"))
                .append("\n  probeable  ").append(why.isEmpty() ? "yes" : "no: " + why);
        List<Object> parameters = new ArrayList<>();
        session.types().function(symbol.name(), symbol.module()).ifPresent(type -> {
            List<String> registers = ArgumentRegisters.of(type, Architecture.ofThisMachine());
            for (int i = 0; i < registers.size(); i++) {
                FunctionType.Parameter parameter = type.parameters().get(i);
                parameters.add(Map.of("name", parameter.name(), "register", registers.get(i), "type", parameter.declared()));
                text.append(String.format("%n  %-9s  %s", registers.get(i), parameter.name()));
            }
        });
        fields.put("prototype", prototype);
        fields.put("parameters", parameters);
        fields.put("probeable", why.isEmpty());
        fields.put("why", why);
        output.result("function", text.toString(), fields);
    }
}
