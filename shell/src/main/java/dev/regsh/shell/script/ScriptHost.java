// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.session.failure.Failure;
import dev.regsh.shell.command.Host;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The host of scripts and of {@code -c}: there is no prompt. */
public final class ScriptHost implements Host {
    private final boolean once;

    /** @param once the process runs one command and has no rules of its own */
    public ScriptHost(boolean once) {
        this.once = once;
    }

    @Override
    public boolean once() {
        return once;
    }

    @Override
    public void outside(Runnable program) {
        program.run();
    }

    @Override
    public List<String> history() {
        throw new Failure("there is no history without a prompt", "");
    }

    @Override
    public void clearScreen() {
        // A script's output has none.
    }

    @Override
    public void mayWatchEvents() {
        throw new Failure("events needs a prompt", "in a script they go to stdout by themselves");
    }

    @Override
    public void printEvents(long most, BiConsumer<String, Map<String, Object>> output) {
        mayWatchEvents();
    }

    @Override
    public void watchEvents() {
        mayWatchEvents();
    }
}
