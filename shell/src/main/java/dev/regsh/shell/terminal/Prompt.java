// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.base.text.Printable;
import dev.regsh.grammar.source.Source;
import dev.regsh.session.Session;
import dev.regsh.session.attach.LiveRule;
import dev.regsh.session.event.Event;
import dev.regsh.session.event.EventLog;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.command.CommandLine;
import dev.regsh.shell.command.Host;
import dev.regsh.shell.completion.Completions;
import dev.regsh.shell.completion.KernelNames;
import dev.regsh.shell.event.EventText;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.JsonOutput;
import dev.regsh.shell.script.Interpreter;
import java.io.IOError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader.SuggestionType;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;
import org.jline.widget.AutosuggestionWidgets;
import org.slf4j.LoggerFactory;
import org.springframework.shell.core.ShellRunner;

/** The interactive session. Ctrl-C gives up the line, never the session; Ctrl-D or exit ends it. */
public final class Prompt implements ShellRunner, Host {
    /** Pipes and serial lines say 0x0. */
    private static final Size USUAL = new Size(80, 24);
    /** In a row: then it is no matter of one line. */
    private static final int MOST_FAILURES = 5;
    /** A control character that nobody types: no text in UTF-8 has this byte. */
    private static final int NO_KEY = 0xff;

    private final Terminal terminal;
    private final Session session;
    private final Options options;
    private final boolean json;
    private CommandLine commands;
    private Interpreter interpreter;
    private LineReader reader;
    private EventPrinter events;
    private Attributes usual;
    private volatile EventScreen screen;
    /** What is to be said once the screen of events is left. */
    private final List<String> late = new ArrayList<>();
    private volatile boolean running;
    private int exitCode;

    /** @param json events and notes are documents, each event is one */
    public Prompt(Terminal terminal, Session session, Options options, boolean json) {
        this.terminal = terminal;
        this.json = json;
        this.session = session;
        this.options = options;
        if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
            terminal.setSize(USUAL);
        }
    }

    /** What carries out the lines; they were made for this host. */
    public Prompt with(CommandLine line, Interpreter statements) {
        commands = line;
        interpreter = statements;
        interpreter.aroundShell(this::asBefore);
        return this;
    }

    /** What the session ends with. */
    public int exitCode() {
        return exitCode;
    }

    @Override
    public void run(String[] arguments) {
        // JLine takes Ctrl-C while a line is read; while a statement runs it stops what waits.
        Thread runner = Thread.currentThread();
        terminal.handle(Terminal.Signal.INT, signal -> {
            if (running) {
                runner.interrupt();
            }
        });
        // A dumb terminal passes no signal on, and the JVM's own answer is to die.
        Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
        Completions completions = new Completions(KernelNames.of(session.symbols(), session.types()), commands,
                new Names());
        reader = reader(completions);
        events = new EventPrinter(this::above);
        session.events().keep();
        session.events().listen(this::take);
        session.events().onPause(() -> events.pause(System.nanoTime()));
        session.onNote(this::note);
        Thread warming = new Thread(() -> {
            // Reads and indexes the kernel's types while another thread reads its symbols: the first info wants both.
            session.types().function("vfs_read", "");
            session.symbols().all();
            completions.warm();
        }, "warm");
        warming.setDaemon(true);
        warming.start();
        usual = terminal.getAttributes();
        Attributes whole = new Attributes(usual);
        // Ctrl-D typed while no line is read is for the next: a terminal that ends lines by it would not hand it on.
        whole.setControlChar(Attributes.ControlChar.VEOF, NO_KEY);
        terminal.setAttributes(whole);
        try {
            loop();
        } finally {
            terminal.setAttributes(usual);
        }
        if (!session.rules().isEmpty()) {
            int count = session.rules().size();
            terminal.writer().println("detached " + count + (count == 1 ? " rule" : " rules"));
            terminal.flush();
        }
    }

    private LineReader reader(Completions completions) {
        LineReader built = LineReaderBuilder.builder().terminal(terminal).parser(new LineParser())
                .completer(new RegshCompleter(completions)).completionMatcher(new Menu(terminal))
                .highlighter(new LineHighlighter(commands, session.symbols(), options, interpreter.variables()))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.AUTO_MENU, false)
                .option(LineReader.Option.AUTO_GROUP, true)
                .option(LineReader.Option.GROUP_PERSIST, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ...> ")
                // The menu sees to that itself.
                .variable(LineReader.LIST_MAX, Integer.MAX_VALUE)
                .build();
        Path history = StateFolder.file("history");
        if (history != null) {
            built.setVariable(LineReader.HISTORY_FILE, history);
        }
        boolean dumb = terminal.getType().startsWith("dumb");
        if (options.on(Options.SUGGESTIONS) && !dumb) {
            new AutosuggestionWidgets(built).enable();
        }
        endWithCtrlD(built);
        return built;
    }

    private void loop() {
        int failures = 0;
        while (!interpreter.ended()) {
            String line;
            try {
                events.summarize();
                reader.setAutosuggestion(options.on(Options.SUGGESTIONS) ? SuggestionType.HISTORY : SuggestionType.NONE);
                line = reader.readLine("regsh> ");
            } catch (UserInterruptException interrupted) {
                continue;
            } catch (EndOfFileException | IOError end) {
                break;
            } catch (RuntimeException bug) {
                // The line is lost, the session and its rules are not.
                LoggerFactory.getLogger(Prompt.class).error("the line reader failed", bug);
                terminal.writer().println("regsh itself failed: " + bug + "; the log file has the details");
                if (++failures == MOST_FAILURES) {
                    break;
                }
                continue;
            }
            failures = 0;
            int result = carryOut(line);
            if (result == ExitCode.UNSUPPORTED) {
                exitCode = result;
            }
        }
    }

    /** JLine would ask the terminal which key it is. */
    private static void endWithCtrlD(LineReader reader) {
        reader.getWidgets().put("end-of-input-or-delete", () -> {
            if (reader.getBuffer().length() == 0) {
                throw new EndOfFileException();
            }
            reader.callWidget(LineReader.DELETE_CHAR_OR_LIST);
            return true;
        });
        for (String map : List.of(LineReader.EMACS, LineReader.VIINS, LineReader.DUMB)) {
            reader.getKeyMaps().get(map).bind(new Reference("end-of-input-or-delete"), KeyMap.ctrl('D'));
        }
    }

    private int carryOut(String line) {
        running = true;
        try {
            return interpreter.run(new Source("<prompt>", line));
        } finally {
            running = false;
            Thread.interrupted();
        }
    }

    private void asBefore(Runnable command) {
        Attributes now = terminal.getAttributes();
        terminal.setAttributes(usual);
        try {
            command.run();
        } finally {
            terminal.setAttributes(now);
        }
    }

    private void above(String text) {
        reader.printAbove(Printable.escape(text));
    }

    private void take(Event event) {
        EventScreen shown = screen;
        if (shown != null) {
            shown.take(event);
        } else if (options.on(Options.EVENTS)) {
            if (json) {
                above(JsonOutput.document("event", EventText.fields(event)));
            } else {
                events.print(EventText.line(event), System.nanoTime());
            }
        }
    }

    @Override
    public void replay(String file, List<String> arguments) {
        interpreter.replay(file, arguments);
    }

    @Override
    public List<String> history() {
        List<String> lines = new ArrayList<>();
        reader.getHistory().forEach(entry -> lines.add(entry.line()));
        return lines;
    }

    @Override
    public void clearScreen() {
        terminal.puts(org.jline.utils.InfoCmp.Capability.clear_screen);
        terminal.flush();
    }

    @Override
    public void mayWatchEvents() {
        // Events are kept for the prompt.
    }

    @Override
    public void watchEvents() {
        if (terminal.getStringCapability(org.jline.utils.InfoCmp.Capability.cursor_home) == null) {
            throw new Failure("this terminal (" + terminal.getType() + ") cannot show a full screen",
                    "events appear above the prompt as they come; events all prints those that were kept");
        }
        screen = new EventScreen(terminal, session);
        try {
            screen.show();
        } finally {
            synchronized (late) {
                screen = null;
                late.forEach(this::above);
                late.clear();
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

    @Override
    public void printEvents(long most, BiConsumer<String, Map<String, Object>> output) {
        session.events().drain();
        EventLog log = session.events().log();
        long end = log.end();
        for (long number = Math.max(log.first(), end - Math.min(most, end)); number < end; number++) {
            log.get(number).ifPresent(event -> output.accept(EventText.line(event), EventText.fields(event)));
        }
    }

    private final class Names implements Completions.Names {
        @Override
        public Map<String, String> rules() {
            Map<String, String> rules = new LinkedHashMap<>();
            for (LiveRule rule : session.rules()) {
                rules.put(rule.name(), rule.text());
            }
            return rules;
        }

        @Override
        public Collection<String> variables() {
            return interpreter.variables().keySet();
        }
    }
}
