// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import java.util.List;
import org.springframework.shell.core.command.CommandRegistry;

/** The commands of the shell; a new one is named here, and nowhere else. */
public final class Commands {
    private Commands() {}

    /** @param host of scripts or of the prompt, asked when a command needs it */
    public static void register(CommandRegistry registry, Workspace workspace, Host host) {
        RuleCommand.all(workspace).forEach(registry::registerCommand);
        List.of(
                new ClearCommand(workspace, host),
                new DoctorCommand(workspace),
                new EventsCommand(workspace, host),
                new ExitCommand(workspace, "exit"),
                new ExitCommand(workspace, "quit"),
                new FindCommand(workspace),
                new HelpCommand(workspace, registry),
                new HistoryCommand(workspace, host),
                new InfoCommand(workspace),
                new KeepCommand(workspace),
                new ListCommand(workspace, host),
                new PlanCommand(workspace),
                new SaveCommand(workspace),
                new SetCommand(workspace),
                new VersionCommand(workspace)).forEach(registry::registerCommand);
    }
}
