// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.completion.Proposal;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.completion.CompletionContext;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code set}: shows or changes the shell's options. */
final class SetCommand extends RegshCommand {
    private final Options options;

    SetCommand(Workspace workspace) {
        super(workspace, "set", "[OPTION on|off]", "shows or changes the options of the shell");
        options = workspace.options();
        setCompletionProvider(SetCommand::proposals);
    }

    @Override
    protected String details() {
        StringBuilder text = new StringBuilder("Registers are set by rules: on FUNCTION set REGISTER=VALUE.");
        Options.meanings().forEach((name, meaning) -> text.append(String.format("%n%-12s %s", name, meaning)));
        return text.toString();
    }

    @Override
    protected List<String> examples() {
        return List.of("set", "set events off");
    }

    @Override
    protected void check(CommandContext context) {
        List<String> words = words(context);
        if (words.size() == 2) {
            options.check(words.get(0), words.get(1));
        } else {
            none(context);
        }
    }

    private static List<CompletionProposal> proposals(CompletionContext typed) {
        return switch (typed.getWordIndex()) {
            case 1 -> Options.meanings().entrySet().stream()
                    .map(option -> Proposal.word(option.getKey(), option.getValue(), "options")).toList();
            case 2 -> List.of(Proposal.word("on", "", "values"), Proposal.word("off", "", "values"));
            default -> List.of();
        };
    }

    /** Some options change what is refused. */
    @Override
    protected void rehearse(CommandContext context, Rehearsal rehearsal) {
        if (!words(context).isEmpty()) {
            run(context);
        }
    }

    @Override
    protected void run(CommandContext context) {
        List<String> words = words(context);
        if (words.size() == 2) {
            options.set(words.get(0), words.get(1));
            return;
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        options.all().forEach((name, value) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", name);
            row.put("on", value);
            row.put("meaning", Options.meanings().get(name));
            rows.add(row);
        });
        workspace().output().table("option",
                List.of(Column.of("name"), new Column("on", "value", 0, on -> on.equals(true) ? "on" : "off"),
                        Column.of("meaning")),
                rows);
    }
}
