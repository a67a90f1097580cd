// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.grammar.source.Source;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.script.StatementFeed;
import java.io.IOError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.utils.AttributedString;
import org.slf4j.LoggerFactory;
import org.springframework.shell.jline.JLineInputProvider;

/**
 * What Spring Shell's loop reads: the statements of the lines that are typed. The loop ends at whatever a reader throws, and the
 * stock provider hands on all that JLine does, Ctrl-C too: here Ctrl-C gives up the line, or the statement, never the session.
 */
final class PromptInput extends JLineInputProvider {
    private static final AttributedString PROMPT = new AttributedString("regsh> ");
    /** In a row: then it is no matter of one line. */
    private static final int MOST_FAILURES = 5;

    private final StatementFeed statements;
    private final Runnable beforeLine;
    private final Thread runner = Thread.currentThread();
    private volatile boolean running;
    private int exitCode = ExitCode.DONE;

    /** @param beforeLine is done before each line is read */
    PromptInput(LineReader reader, StatementFeed statements, Runnable beforeLine) {
        super(reader);
        setPromptProvider(() -> PROMPT);
        this.statements = statements;
        this.beforeLine = beforeLine;
    }

    /** Ctrl-C: JLine takes it while a line is read; while a statement runs it stops what waits. */
    void interrupt() {
        if (running) {
            runner.interrupt();
        }
    }

    /** What the session ends with: what is not supported here is no matter of one line. */
    int exitCode() {
        return exitCode;
    }

    /** @throws EndOfFileException if the session is to end */
    @Override
    public String readInput() {
        String next = statements.next();
        while (next == null) {
            running = false;
            // What Ctrl-C was meant for is over.
            Thread.interrupted();
            if (statements.exitCode() == ExitCode.UNSUPPORTED) {
                exitCode = ExitCode.UNSUPPORTED;
            }
            if (statements.ended()) {
                throw new EndOfFileException();
            }
            String line = line();
            running = true;
            statements.begin(new Source("<prompt>", line));
            next = statements.next();
        }
        return next;
    }

    private String line() {
        for (int failures = 0; failures < MOST_FAILURES;) {
            try {
                beforeLine.run();
                return super.readInput();
            } catch (UserInterruptException givenUp) {
                failures = 0;
            } catch (EndOfFileException end) {
                throw end;
            } catch (IOError gone) {
                throw new EndOfFileException(gone);
            } catch (RuntimeException bug) {
                // The line is lost, the session and its rules are not.
                LoggerFactory.getLogger(PromptInput.class).error("the line reader failed", bug);
                getLineReader().getTerminal().writer().println("regsh itself failed: " + bug + "; the log file has the details");
                failures++;
            }
        }
        throw new EndOfFileException();
    }
}
