// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import java.util.List;

/** {@code replay}: runs a script in this session. */
final class ReplayCommand extends RegshCommand {
    private final Host host;

    ReplayCommand(Host host) {
        super("replay", "FILE.rsh [ARG...]", "runs a script in this session");
        this.host = host;
    }

    @Override
    String details() {
        return """
                Its rules stay attached, unlike those of regsh run, which ends with the script. ${1} in the script is the
                first ARG. It stops at the first error unless it says onerror continue; what it has attached until then stays. What
                its ! commands print is kept for expect output, as in regsh run.""";
    }

    @Override
    List<String> examples() {
        return List.of("replay nomem.rsh", "replay slow-disk.rsh sda 10ms");
    }

    @Override
    void check(List<String> words) {
        some(words, "a file");
    }

    @Override
    void run(List<String> words) {
        host.replay(words.get(0), words.subList(1, words.size()));
    }
}
