// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.output.Output;
import dev.regsh.shell.session.LiveRule;
import dev.regsh.shell.session.Session;
import java.util.List;
import java.util.Map;

/** {@code arm}: makes attached rules act again. */
final class ArmCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    ArmCommand(Session session, Output output) {
        super("arm", "ID|NAME|all", "makes attached rules act again");
        this.session = session;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        for (LiveRule rule : session.named(only(words))) {
            rule.arm(true);
            output.result("armed", "armed " + rule.name(), Map.of("id", rule.id(), "name", rule.name()));
        }
    }
}
