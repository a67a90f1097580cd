// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.shell.Failure;
import dev.regsh.shell.output.Output;
import dev.regsh.shell.session.Session;
import java.util.List;
import java.util.Map;

/** {@code info}: says what is known of a kernel function and whether a probe can be put there. */
final class InfoCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    InfoCommand(Session session, Output output) {
        super("info", "FUNCTION", "says what is known of a kernel function and whether a probe can be put there");
        this.session = session;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        String name = only(words);
        String function = name.substring(name.indexOf(0x3a) + 1);
        List<KernelSymbol> found = session.symbols().named(function);
        if (found.isEmpty()) {
            List<String> near = session.symbols().nearest(function, 3);
            throw new Failure("no kernel function '" + function + "'", near.isEmpty() ? "" : "did you mean " + String.join(", ", near));
        }
        for (KernelSymbol symbol : found) {
            Map<String, Object> fields = FindCommand.fields(symbol);
            String why = session.symbols().unprobeable(symbol);
            fields.put("probeable", why.isEmpty());
            fields.put("why", why);
            output.result("function", (symbol.module().isEmpty() ? "" : symbol.module() + ":") + symbol.name() + " at "
                    + fields.get("address") + (why.isEmpty() ? "" : ", " + why), fields);
        }
    }
}
