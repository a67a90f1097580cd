// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.Version;
import dev.regsh.shell.output.Output;
import java.util.List;
import java.util.Map;

/** {@code version}: shows what is running here. */
final class VersionCommand extends RegshCommand {
    private final Output output;

    VersionCommand(Output output) {
        super("version", "", "shows the version of regsh and of the kernel");
        this.output = output;
    }

    @Override
    void check(List<String> words) {
        none(words);
    }

    @Override
    void run(List<String> words) {
        // What uname -r says.
        String kernel = System.getProperty("os.version");
        output.result("version", "regsh " + Version.current() + " on Linux " + kernel,
                Map.of("version", Version.current(), "kernel", kernel));
    }
}
