// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.AllRules;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.AttachedRule;
import dev.regsh.shell.output.Column;
import dev.regsh.shell.output.Output;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandContext;

/** {@code list}: shows the attached rules with their counters. */
final class ListCommand extends RegshCommand {
    private static final List<Column> COLUMNS = List.of(new Column("ref", "id", 0, String::valueOf), Column.of("name"),
            Column.of("state", 1), Column.of("hits"), Column.of("fired", 2), Column.of("errors", 4), Column.of("missed", 7),
            Column.of("dropped", 9), new Column("age", "age", 6, ListCommand::age), Column.of("engine", 5),
            Column.of("owner", 8),
            Column.of("probe", 10), Column.of("rule"));

    private final AllRules rules;
    private final boolean once;

    ListCommand(Workspace workspace, Host host) {
        super(workspace, "list", "[--all]", "shows the attached rules with their counters");
        rules = new AllRules(workspace.session());
        once = host.once();
        setOptions(List.of(option("all", "rules of other sessions, and kept ones, too")));
    }

    @Override
    protected String details() {
        return """
                hits: times the clauses matched; fired: times the rule acted; errors: an address could not be read, or the
                kernel refused an action; missed: hits the kernel dropped since another BPF program ran on that CPU, and
                returns of more calls at once than it remembers; dropped: events that found no room. A narrow terminal gets
                fewer columns; --json has all. Below the table stands what failed last in a rule that has errors, and
                which modules are gone that a rule needs: its state is gone, too, and it is attached again once they are back.
                --all adds the rules of other sessions and those that were kept; so does regsh list outside a session.""";
    }

    @Override
    protected List<String> examples() {
        return List.of("list", "list --all");
    }

    @Override
    protected void check(CommandContext context) {
        if (!words(context).isEmpty()) {
            throw new Failure("list takes no '" + words(context).get(0) + "'", "usage: " + usage());
        }
    }

    @Override
    protected void run(CommandContext context) {
        Output output = workspace().output();
        List<AttachedRule> shown = has(context, "all") || once
                ? rules.all(silent -> output.note(silent.getMessage() + "; " + silent.hint())) : rules.own();
        List<Map<String, Object>> rows = shown.stream().map(AttachedRule::fields).toList();
        output.table("rule", COLUMNS, rows);
        output.below(rows.stream().filter(row -> row.containsKey("lastFailure") || row.containsKey("absentModules"))
                .map(row -> row.get("name") + ": "
                        + Stream.of(absent(row.get("absentModules")), Optional.ofNullable(row.get("lastFailure")))
                                .flatMap(Optional::stream).map(String::valueOf).collect(Collectors.joining("; ")))
                .toList());
    }

    private static Optional<String> absent(@Nullable Object modules) {
        return modules instanceof List<?> names ? Optional.of(names.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (names.size() == 1 ? " is" : " are") + " not loaded") : Optional.empty();
    }

    /** Of seconds, in two characters and a letter as a rule. */
    private static String age(Object seconds) {
        Duration age = Duration.ofSeconds((Long) seconds);
        return age.toHours() >= 100 ? age.toDays() + "d" : age.toMinutes() >= 100 ? age.toHours() + "h"
                : age.toSeconds() >= 100 ? age.toMinutes() + "m" : age.toSeconds() + "s";
    }
}
