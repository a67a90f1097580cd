// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.session.Session;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.completion.Completions;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.script.Interpreter;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.SuggestionType;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;

/** The interactive session: what Spring Shell's loop at a terminal is made of. */
public final class Prompt {
    /** Pipes and serial lines say 0x0. */
    private static final Size USUAL = new Size(80, 24);
    /** A control character that nobody types: no text in UTF-8 has this byte. */
    private static final int NO_KEY = 0xff;

    private final Terminal terminal;
    private final Workspace workspace;
    private final boolean json;

    /** @param json events and notes are documents, each event is one */
    public Prompt(Terminal terminal, Workspace workspace, boolean json) {
        this.terminal = terminal;
        this.workspace = workspace;
        this.json = json;
        if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
            terminal.setSize(USUAL);
        }
    }

    /**
     * Reads lines and carries them out until the session is to end.
     *
     * @return an exit code
     */
    public int run() throws Exception {
        EventView events = new EventView(terminal, workspace, json);
        PromptHost host = new PromptHost(terminal, events);
        Interpreter interpreter = new Interpreter(workspace, host, false);
        Completions completions = new Completions(workspace.kernel(), workspace.names(), interpreter.commands());
        LineReader reader = LineReaders.of(terminal, workspace, interpreter.commands(), completions);
        host.connect(reader);
        PromptInput input = new PromptInput(reader, interpreter.feed(), () -> {
            events.summarize();
            reader.setAutosuggestion(workspace.options().on(Options.SUGGESTIONS) ? SuggestionType.HISTORY : SuggestionType.NONE);
        });
        terminal.handle(Terminal.Signal.INT, signal -> input.interrupt());
        // A dumb terminal passes no signal on, and the JVM's own answer is to die.
        Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
        events.start(reader);
        warm(completions);
        Attributes usual = terminal.getAttributes();
        Attributes whole = new Attributes(usual);
        // Ctrl-D typed while no line is read is for the next: a terminal that ends lines by it would not hand it on.
        whole.setControlChar(Attributes.ControlChar.VEOF, NO_KEY);
        terminal.setAttributes(whole);
        try {
            new PromptRunner(input, interpreter.parser(), interpreter.commands()).run(new String[0]);
        } finally {
            terminal.setAttributes(usual);
        }
        int rules = workspace.session().rules().live().size();
        if (rules > 0) {
            terminal.writer().println("detached " + rules + (rules == 1 ? " rule" : " rules"));
            terminal.flush();
        }
        return input.exitCode();
    }

    /** Reads and indexes the kernel's types while another thread reads its symbols: the first info wants both. */
    private void warm(Completions completions) {
        Session session = workspace.session();
        Thread warming = new Thread(() -> {
            session.types().function("vfs_read", "");
            session.symbols().all();
            completions.warm();
        }, "warm");
        warming.setDaemon(true);
        warming.start();
    }
}
