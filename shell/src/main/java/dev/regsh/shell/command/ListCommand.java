// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.output.Output;
import dev.regsh.shell.script.RuleFields;
import dev.regsh.shell.session.Session;
import java.util.List;

/** {@code list}: shows the attached rules with their counters. */
final class ListCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    ListCommand(Session session, Output output) {
        super("list", "", "shows the attached rules with their counters");
        this.session = session;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        none(words);
        output.table("rule", List.of("id", "name", "state", "engine", "hits", "fired", "errors", "missed", "rule"),
                session.rules().stream().map(RuleFields::of).toList());
    }
}
