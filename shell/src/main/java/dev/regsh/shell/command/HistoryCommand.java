// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.failure.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandContext;

/** {@code history}: shows the lines typed so far. */
final class HistoryCommand extends RegshCommand {
    private static final int USUAL = 20;

    private final Host host;

    HistoryCommand(Workspace workspace, Host host) {
        super(workspace, "history", "[COUNT]", "shows the last lines typed at the prompt");
        this.host = host;
    }

    @Override
    protected String details() {
        return """
                Kept in $XDG_STATE_HOME/regsh/history (~/.local/state without it), for your eyes only. A line that begins
                with a blank is not kept. Ctrl-R searches; arrow up goes back.""";
    }

    @Override
    protected List<String> examples() {
        return List.of("history", "history 100");
    }

    @Override
    protected void check(CommandContext context) {
        if (!words(context).isEmpty()) {
            count(only(context));
        }
        host.history();
    }

    @Override
    protected void run(CommandContext context) {
        int count = words(context).isEmpty() ? USUAL : count(only(context));
        List<String> lines = host.history();
        for (int i = Math.max(0, lines.size() - count); i < lines.size(); i++) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("number", i + 1);
            fields.put("text", lines.get(i));
            workspace().output().result("history", String.format("%5d  %s", i + 1,
                    lines.get(i).replace("\n", "\n       ")), fields);
        }
    }

    private int count(String word) {
        try {
            return Math.max(0, Integer.parseInt(word));
        } catch (NumberFormatException noNumber) {
            throw new Failure("'" + word + "' is no number", "usage: " + usage());
        }
    }
}
