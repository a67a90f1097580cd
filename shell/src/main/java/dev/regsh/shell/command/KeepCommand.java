// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.attach.LiveRule;
import dev.regsh.session.Session;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.output.Output;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** {@code keep}: lets rules outlive the session. */
final class KeepCommand extends RegshCommand {
    private final Session session;
    private final Output output;

    KeepCommand(Session session, Output output) {
        super("keep", "RULE... | all", "lets rules stay attached after the session ends");
        this.session = session;
        this.output = output;
    }

    @Override
    String details() {
        return """
                The rule is pinned in /sys/fs/bpf/regsh, a folder of root alone, and belongs to no session any more:
                list --all shows it, detach NAME ends it, and so does a reboot. Give it a name with as, or it gets one.
                What it logs goes nowhere. Needs Linux 5.15. A rule that changes for every process what every process needs
                cannot be kept: it would hit the regsh that is to detach it.""";
    }

    @Override
    List<String> examples() {
        return List.of("keep nomem", "keep all");
    }

    @Override
    void check(List<String> words) {
        some(words, "a rule");
    }

    @Override
    void run(List<String> words) {
        for (String word : words) {
            for (LiveRule rule : meant(word)) {
                String name = session.keep(rule);
                output.result("kept", "kept " + name + "; detach " + name + " ends it", Map.of("name", name));
            }
        }
    }

    private Collection<LiveRule> meant(String word) {
        if (word.equals("all")) {
            return session.rules();
        }
        LiveRule rule = session.find(word);
        if (rule == null) {
            throw new Failure("this session has no rule '" + word + "'", "list shows them");
        }
        return List.of(rule);
    }
}
