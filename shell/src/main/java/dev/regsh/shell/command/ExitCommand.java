// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import org.springframework.shell.core.command.CommandContext;

/** {@code exit} and {@code quit}. */
final class ExitCommand extends RegshCommand {
    ExitCommand(Workspace workspace, String name) {
        super(workspace, name, "", "ends the session and detaches its rules; so does Ctrl-D");
    }

    @Override
    protected String details() {
        return "Rules that were kept stay.";
    }

    @Override
    protected void check(CommandContext context) {
        none(context);
    }

    @Override
    protected void rehearse(CommandContext context, Rehearsal rehearsal) {
        workspace().end();
    }

    @Override
    protected void run(CommandContext context) {
        workspace().end();
    }
}
