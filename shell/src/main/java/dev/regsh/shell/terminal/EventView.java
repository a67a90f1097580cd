// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.base.text.Printable;
import dev.regsh.session.Session;
import dev.regsh.session.event.Event;
import dev.regsh.session.event.EventLog;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.event.EventText;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/** Events and notes at a prompt: above the line that is typed, or on a screen of their own. For several threads. */
final class EventView {
    private final Terminal terminal;
    private final Session session;
    private final Options options;
    private final boolean json;
    private final EventPrinter printer = new EventPrinter(this::above);
    private volatile @Nullable LineReader reader;
    private volatile @Nullable EventScreen screen;
    /** What is to be said once the screen of events is left. */
    private final List<String> late = new ArrayList<>();

    /** @param json events and notes are documents, each event is one */
    EventView(Terminal terminal, Workspace workspace, boolean json) {
        this.terminal = terminal;
        this.json = json;
        session = workspace.session();
        options = workspace.options();
    }

    /** From here on all that comes is shown above the lines of that reader. */
    void start(LineReader lines) {
        reader = lines;
        session.events().keep();
        session.events().listen(this::take);
        session.events().onPause(() -> printer.pause(System.nanoTime()));
        session.onNote(this::note);
    }

    /** Says how many events were not shown, if some were not. */
    void summarize() {
        printer.summarize();
    }

    /** Shows the events that were kept and those that come, until a key is pressed. */
    void watch() {
        if (terminal.getStringCapability(Capability.cursor_home) == null) {
            throw new Failure("this terminal (" + terminal.getType() + ") cannot show a full screen",
                    "events appear above the prompt as they come; events all prints those that were kept");
        }
        EventScreen shown = new EventScreen(terminal, session);
        screen = shown;
        try {
            shown.show();
        } finally {
            synchronized (late) {
                screen = null;
                late.forEach(this::above);
                late.clear();
            }
        }
    }

    /** Hands on the last events that were kept, oldest first. */
    void last(long most, BiConsumer<String, Map<String, Object>> output) {
        session.events().drain();
        EventLog log = session.events().log();
        long end = log.end();
        for (long number = Math.max(log.first(), end - Math.min(most, end)); number < end; number++) {
            log.get(number).ifPresent(event -> output.accept(EventText.line(event), EventText.fields(event)));
        }
    }

    private void take(Event event) {
        EventScreen shown = screen;
        if (shown != null) {
            shown.take(event);
        } else if (options.on(Options.EVENTS)) {
            if (json) {
                above(JsonOutput.document("event", EventText.fields(event)));
            } else {
                printer.print(EventText.line(event), System.nanoTime());
            }
        }
    }

    /** Behind the screen of events nobody would see it. */
    private void note(String text) {
        String line = json ? JsonOutput.document("note", Map.of("text", text)) : text;
        synchronized (late) {
            if (screen != null) {
                late.add(line);
                return;
            }
        }
        above(line);
    }

    private void above(String text) {
        LineReader lines = reader;
        if (lines != null) {
            lines.printAbove(Printable.escape(text));
        }
    }
}
