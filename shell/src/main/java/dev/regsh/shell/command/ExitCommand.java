// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import java.util.List;

/** {@code exit} and {@code quit}: what they do is {@link CommandLine}'s; here is what help says of them. */
final class ExitCommand extends RegshCommand {
    ExitCommand(String name) {
        super(name, "", "ends the session and detaches its rules; so does Ctrl-D");
    }

    @Override
    String details() {
        return "Rules that were kept stay.";
    }

    @Override
    void check(List<String> words) {
        none(words);
    }

    @Override
    void run(List<String> words) {
        // CommandLine sees to it.
    }
}
