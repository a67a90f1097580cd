// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.Session;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.shell.completion.Proposal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code keep}: lets rules outlive the session. */
final class KeepCommand extends RegshCommand {
    private final Session session;

    KeepCommand(Workspace workspace) {
        super(workspace, "keep", "RULE... | all", "lets rules stay attached after the session ends");
        session = workspace.session();
        setCompletionProvider(typed -> {
            List<CompletionProposal> found = new ArrayList<>(workspace.names().ruleProposals());
            found.add(Proposal.word("all", "every rule of this session", "rules"));
            return found;
        });
    }

    @Override
    protected String details() {
        return """
                The rule is pinned in /sys/fs/bpf/regsh, a folder of root alone, and belongs to no session any more:
                list --all shows it, detach NAME ends it, and so does a reboot. Give it a name with as, or it gets one.
                What it logs goes nowhere. Needs Linux 5.15, and another engine than probe. A rule that changes for every process
                what every process needs cannot be kept: it would hit the regsh that is to detach it.""";
    }

    @Override
    protected List<String> examples() {
        return List.of("keep nomem", "keep all");
    }

    @Override
    protected void check(CommandContext context) {
        some(context, "a rule");
    }

    @Override
    protected void rehearse(CommandContext context, Rehearsal rehearsal) {
        words(context).stream().filter(rule -> !rule.equals("all")).forEach(rehearsal::known);
        rehearsal.forget(words(context));
    }

    @Override
    protected void run(CommandContext context) {
        for (String word : words(context)) {
            for (LiveRule rule : meant(word)) {
                String name = session.keep(rule);
                workspace().output().result("kept", "kept " + name + "; detach " + name + " ends it", Map.of("name", name));
            }
        }
    }

    private Collection<LiveRule> meant(String word) {
        if (word.equals("all")) {
            return session.rules().live();
        }
        return List.of(session.rules().find(word)
                .orElseThrow(() -> new Failure("this session has no rule '" + word + "'", "list shows them")));
    }
}
