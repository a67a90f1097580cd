// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import org.springframework.shell.core.command.CommandContext;

/** {@code clear}: an empty screen. */
final class ClearCommand extends RegshCommand {
    private final Host host;

    ClearCommand(Workspace workspace, Host host) {
        super(workspace, "clear", "", "clears the screen; so does Ctrl-L");
        this.host = host;
    }

    @Override
    protected void check(CommandContext context) {
        none(context);
    }

    @Override
    protected void run(CommandContext context) {
        host.clearScreen();
    }
}
