// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.output.Output;
import dev.regsh.shell.session.LiveRule;
import dev.regsh.shell.session.Session;
import java.util.List;
import java.util.Map;

/** {@code disarm}: makes attached rules count nothing and change nothing until armed. */
final class DisarmCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    DisarmCommand(Session session, Output output) {
        super("disarm", "ID|NAME|all", "makes attached rules count nothing and change nothing until armed");
        this.session = session;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        for (LiveRule rule : session.named(only(words))) {
            rule.arm(false);
            output.result("disarmed", "disarmed " + rule.name(), Map.of("id", rule.id(), "name", rule.name()));
        }
    }
}
