// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.shell.event.Event;
import dev.regsh.shell.event.EventText;
import dev.regsh.shell.output.Printable;
import dev.regsh.shell.session.LiveRule;
import dev.regsh.shell.session.RuleFields;
import dev.regsh.shell.session.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** The screen of {@code events}: each rule's count, rate and losses above, the last events below. */
final class EventScreen {
    private static final int REFRESH_MILLIS = 500;
    private static final int KEPT = 500;
    private static final int CTRL_C = 3;

    private static final class Count {
        private final String name;
        private long events;
        private long before;
        private long rate;

        Count(String name) {
            this.name = name;
        }
    }

    private final Terminal terminal;
    private final Session session;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<Integer, Count> counts = new TreeMap<>();
    private final long start = System.nanoTime();
    private long measured = start;
    private boolean paused;

    EventScreen(Terminal terminal, Session session) {
        this.terminal = terminal;
        this.session = session;
    }

    /** Takes an event; called in the reader's thread. */
    synchronized void take(Event event) {
        counts.computeIfAbsent(event.id(), id -> new Count(session.ruleName(event))).events++;
        if (!paused) {
            lines.addLast(EventText.line(event, session.ruleName(event), session.functionOf(event)));
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
    }

    /** Until q, Ctrl-C or the terminal's end. */
    void show() {
        Attributes before = terminal.enterRawMode();
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        try {
            NonBlockingReader keys = terminal.reader();
            while (true) {
                draw();
                int key = keys.read(REFRESH_MILLIS);
                if (key == 'q' || key == CTRL_C || key == NonBlockingReader.EOF) {
                    return;
                }
                key(key);
            }
        } catch (IOException interrupted) {
            return;
        } finally {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    private synchronized void key(int key) {
        if (key == 'p' || key == ' ') {
            paused = !paused;
        } else if (key == 'c') {
            lines.clear();
            counts.clear();
        }
    }

    private synchronized void draw() {
        int height = terminal.getHeight() <= 0 ? 24 : terminal.getHeight();
        int width = terminal.getWidth() <= 0 ? 80 : terminal.getWidth();
        terminal.puts(Capability.cursor_home);
        List<String> screen = screen(height);
        for (int i = 0; i < height; i++) {
            String line = i < screen.size() ? screen.get(i) : "";
            terminal.writer().print(line.length() > width ? line.substring(0, width - 1) + Printable.CUT : line);
            terminal.puts(Capability.clr_eol);
            if (i < height - 1) {
                terminal.writer().print("\r\n");
            }
        }
        terminal.flush();
    }

    private List<String> screen(int height) {
        long now = System.nanoTime();
        double seconds = (now - measured) / 1e9;
        if (seconds >= 1) {
            counts.values().forEach(count -> {
                count.rate = Math.round((count.events - count.before) / seconds);
                count.before = count.events;
            });
            measured = now;
        }
        List<String> screen = new ArrayList<>();
        long all = counts.values().stream().mapToLong(count -> count.events).sum();
        long rate = counts.values().stream().mapToLong(count -> count.rate).sum();
        screen.add(String.format("events %d  rate %d/s  %ds%s   q ends, p pauses, c clears", all, rate,
                (now - start) / 1_000_000_000L, paused ? "  paused" : ""));
        screen.add(String.format("%-16s %10s %8s %10s %10s", "RULE", "EVENTS", "RATE/S", "FIRED", "DROPPED"));
        int most = Math.max(1, height / 3);
        for (Map.Entry<Integer, Count> each : counts.entrySet()) {
            if (most-- > 0) {
                Count count = each.getValue();
                LiveRule rule = session.find(Integer.toString(each.getKey()));
                Map<String, Object> fields = rule == null ? Map.of() : RuleFields.of(rule);
                screen.add(String.format("%-16s %10d %8d %10s %10s", count.name, count.events, count.rate,
                        fields.getOrDefault("fired", "gone"), fields.getOrDefault("dropped", "")));
            }
        }
        screen.add("");
        int room = Math.max(0, height - screen.size());
        lines.stream().skip(Math.max(0, lines.size() - room)).forEach(screen::add);
        return screen;
    }
}
