// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.Source;
import dev.regsh.shell.ExitCode;
import dev.regsh.shell.command.CommandLine;
import dev.regsh.shell.script.Interpreter;
import dev.regsh.shell.session.Session;
import java.nio.file.Path;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;
import org.springframework.shell.core.ShellRunner;

/** The interactive session. Ctrl-C gives up the line, never the session; Ctrl-D or exit ends it. */
public final class Prompt implements ShellRunner {
    private final Terminal terminal;
    private final Session session;
    private final CommandLine commands;
    private final Interpreter interpreter;
    private volatile boolean running;
    private int exitCode;

    public Prompt(Terminal terminal, Session session, CommandLine commands, Interpreter interpreter) {
        this.terminal = terminal;
        this.session = session;
        this.commands = commands;
        this.interpreter = interpreter;
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
        LineReader reader = LineReaderBuilder.builder().terminal(terminal).parser(new Lines())
                .completer(new RegshCompleter(commands, session))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ...> ")
                .variable(LineReader.LIST_MAX, 200)
                .build();
        Path history = StateFolder.file("history");
        if (history != null) {
            reader.setVariable(LineReader.HISTORY_FILE, history);
        }
        int number = 0;
        while (!interpreter.ended()) {
            String line;
            try {
                line = reader.readLine("regsh> ");
            } catch (UserInterruptException interrupted) {
                continue;
            } catch (EndOfFileException end) {
                break;
            }
            number++;
            running = true;
            int result = interpreter.run(new Source("<line " + number + ">", line));
            running = false;
            Thread.interrupted();
            if (result == ExitCode.UNSUPPORTED) {
                exitCode = result;
            }
        }
        if (!session.rules().isEmpty()) {
            int count = session.rules().size();
            terminal.writer().println("detached " + count + (count == 1 ? " rule" : " rules"));
            terminal.flush();
        }
    }

    /** Goes on to the next line while a bracket or a string is open. */
    private static final class Lines extends DefaultParser {
        Lines() {
            setEscapeChars(null);
            setQuoteChars(new char[] {'"'});
        }

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && !Parser.isComplete(line)) {
                throw new EOFError(-1, -1, "open");
            }
            return super.parse(line, cursor, context == ParseContext.ACCEPT_LINE ? ParseContext.COMPLETE : context);
        }
    }
}
