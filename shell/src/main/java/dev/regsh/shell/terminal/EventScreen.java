// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.session.Session;
import dev.regsh.session.event.Event;
import dev.regsh.session.event.EventLog;
import dev.regsh.session.rule.RuleFields;
import dev.regsh.shell.event.EventText;
import dev.regsh.shell.output.Columns;
import dev.regsh.shell.terminal.EventWindow.Move;
import java.io.IOError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/**
 * The screen of {@code events}: each rule's count, rate and losses above, below the last events that come, or those that the keys
 * have gone back to.
 */
final class EventScreen {
    private static final int REFRESH_MILLIS = 500;

    /** A key that ends it, and one that means nothing. */
    private enum Other { END, NONE }

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
    private final EventLog log;
    /** What is on the screen, by number. */
    private Map<Long, String> lines = new HashMap<>();
    private final Map<Integer, Count> counts = new TreeMap<>();
    private final long start = System.nanoTime();
    private long measured = start;
    private final EventWindow window = new EventWindow();
    /** Lines of events that were on the screen last. */
    private int room = 1;

    EventScreen(Terminal terminal, Session session) {
        this.terminal = terminal;
        this.session = session;
        log = session.events().log();
    }

    /** Takes an event; called in the reader's thread. */
    synchronized void take(Event event) {
        counts.computeIfAbsent(event.id(), id -> new Count(event.rule())).events++;
    }

    /** Until q, Ctrl-C or the terminal's end. */
    void show() {
        Attributes before = terminal.enterRawMode();
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        try {
            BindingReader keys = new BindingReader(terminal.reader());
            KeyMap<Object> meanings = meanings();
            while (true) {
                draw();
                int typed = keys.peekCharacter(REFRESH_MILLIS);
                if (typed == NonBlockingReader.READ_EXPIRED) {
                    continue;
                }
                Object key = typed == NonBlockingReader.EOF ? Other.END : keys.readBinding(meanings);
                if (key == null || key == Other.END) {
                    return;
                }
                if (key instanceof EventWindow.Move move) {
                    act(move);
                }
            }
        } catch (EndOfFileException | IOError gone) {
            return;
        } finally {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    /** Those of less(1), and what the terminal's own keys send. */
    private KeyMap<Object> meanings() {
        KeyMap<Object> map = new KeyMap<>();
        map.setNomatch(Other.NONE);
        map.setUnicode(Other.NONE);
        map.bind(Other.END, "q", "Q", KeyMap.ctrl('C'));
        map.bind(Move.PAUSE, "p", " ");
        map.bind(Move.CLEAR, "c");
        bind(map, Move.UP, Capability.key_up, "k", "\033[A", "\033OA");
        bind(map, Move.DOWN, Capability.key_down, "j", "\033[B", "\033OB");
        bind(map, Move.PAGE_UP, Capability.key_ppage, "b", "\033[5~");
        bind(map, Move.PAGE_DOWN, Capability.key_npage, "f", "\033[6~");
        bind(map, Move.FIRST, Capability.key_home, "g", "\033[H", "\033[1~", "\033OH");
        bind(map, Move.LAST, Capability.key_end, "G", "F", "\033[F", "\033[4~", "\033OF");
        return map;
    }

    private void bind(KeyMap<Object> map, Move move, Capability capability, String... sequences) {
        map.bind(move, sequences);
        String own = KeyMap.key(terminal, capability);
        if (own != null && !own.isEmpty()) {
            map.bind(move, own);
        }
    }

    private synchronized void act(Move move) {
        window.move(move, log.first(), log.end(), room);
        if (move == Move.CLEAR) {
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
            terminal.writer().print(Columns.cut(line, width));
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
        screen.add(String.format("events %d  rate %d/s  %ds   q ends, p pauses, c clears, PgUp goes back", all, rate,
                (now - start) / 1_000_000_000L));
        screen.add(String.format("%-16s %10s %8s %10s %10s", "RULE", "EVENTS", "RATE/S", "FIRED", "DROPPED"));
        int most = Math.max(1, height / 3);
        for (Map.Entry<Integer, Count> each : counts.entrySet()) {
            if (most-- > 0) {
                Count count = each.getValue();
                Map<String, Object> fields = session.rules().find(Integer.toString(each.getKey())).map(RuleFields::of)
                        .orElse(Map.of());
                screen.add(String.format("%s %10d %8d %10s %10s", Columns.padded(count.name, 16), count.events, count.rate,
                        fields.getOrDefault("fired", "gone"), fields.getOrDefault("dropped", "")));
            }
        }
        room = Math.max(1, height - screen.size() - 1);
        long end = log.end();
        EventWindow.Part part = window.part(log.first(), end, room);
        screen.add(window.follows() ? ""
                : String.format("-- %d to %d of %d; End follows what comes --", part.from() + 1, part.to(), end));
        Map<Long, String> shown = new HashMap<>();
        for (long number = part.from(); number < part.to(); number++) {
            String line = lines.get(number);
            String text = line != null ? line : log.get(number).map(EventText::line).orElse("");
            shown.put(number, text);
            screen.add(text);
        }
        lines = shown;
        return screen;
    }
}
