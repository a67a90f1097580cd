// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.AllRules;
import dev.regsh.session.rule.AttachedRule;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.output.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code detach}, {@code arm}, {@code disarm}: one thing done to each of the rules named. */
final class RuleCommand extends RegshCommand {
    private static final String RULES = "RULE... | all | --all";
    private static final String WHICH = """
            A RULE is its number or its name; PID/NUMBER is a rule of another session, as list --all shows it; a rule that
            was kept goes by its name. all means those of this session, --all those of every session and those kept.""";

    private final AllRules rules;
    private final Output output;
    private final String done;
    private final Consumer<AttachedRule> verb;
    private final String details;

    private RuleCommand(String name, String description, String details, AllRules rules, Output output,
            Consumer<AttachedRule> verb) {
        super(name, RULES, description);
        this.rules = rules;
        this.output = output;
        this.done = name + "ed";
        this.verb = verb;
        this.details = details;
    }

    static List<RuleCommand> all(AllRules rules, Output output) {
        return List.of(
                new RuleCommand("detach", "detaches rules",
                        "What the rule changed is as before from then on; its counters are gone.",
                        rules, output, AttachedRule::detach),
                new RuleCommand("disarm", "makes rules change nothing until armed",
                        "The probe stays where it is, and hits are not counted meanwhile.", rules, output,
                                r -> r.arm(false)),
                new RuleCommand("arm", "makes disarmed rules act again", "Counters go on where they were.", rules, output,
                        r -> r.arm(true)));
    }

    @Override
    String details() {
        return details + "\n" + WHICH;
    }

    @Override
    List<String> examples() {
        return List.of(getName() + " nomem", getName() + " all");
    }

    @Override
    void check(List<String> words) {
        some(words, "a rule");
    }

    @Override
    void run(List<String> words) {
        for (String word : words) {
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
