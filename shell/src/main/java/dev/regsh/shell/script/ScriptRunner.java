// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import java.io.EOFException;
import java.io.PrintWriter;
import java.io.Writer;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.InteractiveShellRunner;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * Spring Shell's loop over a text that was read before. Its runner for scripts would join arguments with blanks, read files line by
 * line with comments of its own, and log failures that nobody ends with.
 */
final class ScriptRunner extends InteractiveShellRunner {
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());
    private static final InputReader NOTHING = new InputReader() {};

    ScriptRunner(StatementFeed statements, CommandParser parser, CommandRegistry commands) {
        super(input(statements), parser, commands);
    }

    private static InputProvider input(StatementFeed statements) {
        return () -> {
            String next = statements.next();
            if (next == null) {
                throw new EOFException();
            }
            return next;
        };
    }

    /** What failed has been said, with its place. */
    @Override
    public void print(String message) {
        // The loop's own words have none.
    }

    @Override
    public void flush() {
        // Results are flushed as they come.
    }

    @Override
    public PrintWriter getWriter() {
        return NOWHERE;
    }

    @Override
    public InputReader getReader() {
        return NOTHING;
    }
}
