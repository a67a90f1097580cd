// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.bpf.program.Engine;
import dev.regsh.shell.output.Output;
import dev.regsh.shell.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code doctor}: says which engines work here and what the others lack. */
final class DoctorCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    DoctorCommand(Session session, Output output) {
        super("doctor", "", "says which engines work here and what the others lack");
        this.session = session;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        none(words);
        for (Engine engine : Engine.values()) {
            String missing = session.engines().missing(engine);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("engine", engine.label());
            fields.put("available", missing.isEmpty());
            fields.put("missing", missing);
            output.result("engine", String.format("%-16s %s", engine.label(), missing.isEmpty() ? "works" : missing), fields);
        }
    }
}
