// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.AllRules;
import dev.regsh.session.rule.AttachedRule;
import dev.regsh.shell.completion.Proposal;
import dev.regsh.shell.output.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code detach}, {@code arm}, {@code disarm}: one thing done to each of the rules named. */
class RuleCommand extends RegshCommand {
    private static final String EVERY = "all";
    private static final String RULES = "RULE... | all | --all";
    private static final String WHICH = """
            A RULE is its number or its name; PID/NUMBER is a rule of another session, as list --all shows it; a rule that
            was kept goes by its name. all means those of this session, --all those of every session and those kept.""";

    private final AllRules rules;
    private final String done;
    private final Consumer<AttachedRule> verb;
    private final String details;

    private RuleCommand(Workspace workspace, String name, String description, String details, Consumer<AttachedRule> verb) {
        super(workspace, name, RULES, description);
        rules = new AllRules(workspace.session());
        done = name + "ed";
        this.verb = verb;
        this.details = details;
        setOptions(List.of(option(EVERY, "every rule of this machine")));
        setCompletionProvider(typed -> {
            List<CompletionProposal> found = new ArrayList<>(workspace.names().ruleProposals());
            found.add(Proposal.word("all", "every rule of this session", "rules"));
            return found;
        });
    }

    static List<RuleCommand> all(Workspace workspace) {
        return List.of(
                new RuleCommand(workspace, "detach", "detaches rules",
                        "What the rule changed is as before from then on; its counters are gone.", AttachedRule::detach) {
                    @Override
                    protected void rehearse(CommandContext context, Rehearsal rehearsal) {
                        rehearsal.forget(meant(context));
                    }
                },
                new RuleCommand(workspace, "disarm", "makes rules change nothing until armed",
                        "The probe stays where it is, and hits are not counted meanwhile.", r -> r.arm(false)),
                new RuleCommand(workspace, "arm", "makes disarmed rules act again", "Counters go on where they were.",
                        r -> r.arm(true)));
    }

    @Override
    protected String details() {
        return details + "\n" + WHICH;
    }

    @Override
    protected List<String> examples() {
        return List.of(getName() + " nomem", getName() + " all");
    }

    @Override
    protected void check(CommandContext context) {
        if (!has(context, EVERY)) {
            some(context, "a rule");
        }
    }

    /** What was named, all that are on this machine by {@code --all}. */
    static List<String> meant(CommandContext context) {
        List<String> named = new ArrayList<>(words(context));
        if (has(context, EVERY)) {
            named.add("--" + EVERY);
        }
        return named;
    }

    @Override
    protected void run(CommandContext context) {
        Output output = workspace().output();
        for (String word : meant(context)) {
            for (AttachedRule rule : rules.meant(word, silent -> output.note(silent.getMessage() + "; " + silent.hint()))) {
                verb.accept(rule);
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("id", rule.fields().get("id"));
                fields.put("ref", rule.ref());
                fields.put("name", rule.name());
                output.result(done, done + " " + rule.name() + (rule.ref().contains("/") ? " of "
                        + rule.fields().get("owner") : ""),
                        fields);
            }
        }
    }
}
