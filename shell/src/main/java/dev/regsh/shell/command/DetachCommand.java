// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.output.Output;
import dev.regsh.shell.session.LiveRule;
import dev.regsh.shell.session.Session;
import java.util.List;
import java.util.Map;

/** {@code detach}: detaches rules. */
final class DetachCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    DetachCommand(Session session, Output output) {
        super("detach", "ID|NAME|all", "detaches rules");
        this.session = session;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        for (LiveRule rule : session.named(only(words))) {
            session.detach(rule);
            output.result("detached", "detached " + rule.name(), Map.of("id", rule.id(), "name", rule.name()));
        }
    }
}
