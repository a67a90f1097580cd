// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.commandline.Version;
import java.util.Map;
import org.springframework.shell.core.command.CommandContext;

/** {@code version}: shows what is running here. */
final class VersionCommand extends RegshCommand {
    VersionCommand(Workspace workspace) {
        super(workspace, "version", "", "shows the version of regsh and of the kernel");
    }

    @Override
    protected void check(CommandContext context) {
        none(context);
    }

    @Override
    protected void run(CommandContext context) {
        // What uname -r says.
        String kernel = System.getProperty("os.version");
        workspace().output().result("version", "regsh " + Version.current() + " on Linux " + kernel,
                Map.of("version", Version.current(), "kernel", kernel));
    }
}
