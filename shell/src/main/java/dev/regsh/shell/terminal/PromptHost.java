// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.shell.command.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jline.reader.LineReader;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/** What commands have at a prompt: a screen, a history, and events that are kept. */
final class PromptHost implements Host {
    private final Terminal terminal;
    /** As the terminal is for other programs. */
    private final Attributes usual;
    private final EventView events;
    private @Nullable LineReader reader;

    PromptHost(Terminal terminal, EventView events) {
        this.terminal = terminal;
        this.events = events;
        usual = terminal.getAttributes();
    }

    /** Tells it who reads the lines; commands, which Tab completes, are made before the reader is. */
    void connect(LineReader lines) {
        reader = lines;
    }

    @Override
    public boolean once() {
        return false;
    }

    @Override
    public void outside(Runnable program) {
        Attributes now = terminal.getAttributes();
        terminal.setAttributes(usual);
        try {
            program.run();
        } finally {
            terminal.setAttributes(now);
        }
    }

    @Override
    public List<String> history() {
        List<String> lines = new ArrayList<>();
        if (reader != null) {
            reader.getHistory().forEach(entry -> lines.add(entry.line()));
        }
        return lines;
    }

    @Override
    public void clearScreen() {
        terminal.puts(Capability.clear_screen);
        terminal.flush();
    }

    @Override
    public void mayWatchEvents() {
        // Events are kept for the prompt.
    }

    @Override
    public void watchEvents() {
        events.watch();
    }

    @Override
    public void printEvents(long most, BiConsumer<String, Map<String, Object>> output) {
        events.last(most, output);
    }
}
