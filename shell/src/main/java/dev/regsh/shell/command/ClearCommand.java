// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import java.util.List;

/** {@code clear}: an empty screen. */
final class ClearCommand extends RegshCommand {
    private final Host host;

    ClearCommand(Host host) {
        super("clear", "", "clears the screen; so does Ctrl-L");
        this.host = host;
    }

    @Override
    void check(List<String> words) {
        none(words);
    }

    @Override
    void run(List<String> words) {
        host.clearScreen();
    }
}
