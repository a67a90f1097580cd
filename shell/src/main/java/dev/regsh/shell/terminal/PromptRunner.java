// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.jline.JLineShellRunner;

/** Spring Shell's loop at a terminal. */
final class PromptRunner extends JLineShellRunner {
    PromptRunner(PromptInput input, CommandParser parser, CommandRegistry commands) {
        super(input, parser, commands);
    }

    /** What failed has been said, with its place; that the loop ends needs no word. */
    @Override
    public void print(String message) {
        // The loop's own words have no place, and would go to where results go.
    }
}
