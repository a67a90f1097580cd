// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.split.Splitter;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.shell.command.Failures;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.statement.Placeholders;
import dev.regsh.shell.statement.StatementParser;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a text, handed to one of Spring Shell's loops one by one, until the text ends, one asks to leave, or one fails
 * that stops the others.
 */
public final class StatementFeed {
    private final Workspace workspace;
    private final StatementParser parser;
    private final @Nullable Report report;
    private Source source = new Source("", "");
    private Iterator<Splitter.Piece> pieces = Collections.emptyIterator();
    private Progress progress = new Progress(0, note -> {});
    private long started;
    private boolean begun;
    private int exitCode = ExitCode.DONE;

    /** @param report is told of every expectation, and of whatever else fails; null: nobody reads one */
    StatementFeed(Workspace workspace, StatementParser parser, @Nullable Report report) {
        this.workspace = workspace;
        this.parser = parser;
        this.report = report;
    }

    /** Takes a text; of one that does not parse nothing is begun. */
    public void begin(Source text) {
        source = text;
        exitCode = ExitCode.DONE;
        int[] statements = new int[1];
        try {
            Parser.parseEach(text, new Placeholders(workspace.variables()), statement -> statements[0]++);
            pieces = Splitter.pieces(text);
        } catch (DiagnosticException unparsable) {
            unparsable.diagnostics().forEach(each -> workspace.output().error(text, each));
            exitCode = ExitCode.USAGE;
            pieces = Collections.emptyIterator();
        }
        progress = new Progress(statements[0], workspace.output()::note);
    }

    /**
     * The next statement; null: there is none, or it is not to be carried out.
     *
     * <p>A line end follows it: Spring Shell's loop takes a bare {@code exit}, in any case of letters, for its own, and would end this
     * text only, and without asking the command.
     */
    public @Nullable String next() {
        if (begun) {
            begun = false;
            finish();
        }
        if (workspace.ended() || !pieces.hasNext()) {
            return null;
        }
        Splitter.Piece piece = pieces.next();
        progress.next(source, piece.start());
        workspace.failures().clear();
        parser.next(source, piece);
        started = System.nanoTime();
        begun = true;
        return source.text().substring(piece.start(), piece.end()) + "\n";
    }

    /** A statement asked to leave. */
    public boolean ended() {
        return workspace.ended();
    }

    /** What the text ends with: done, or the last failure of its statements. */
    public int exitCode() {
        return exitCode;
    }

    private void finish() {
        Failures failures = workspace.failures();
        Workspace.Place place = workspace.place();
        int code = failures.code();
        if (report != null && !failures.isUnparsable()
                && (place.statement() instanceof Statement.Expect || code != ExitCode.DONE)) {
            report.add(source, place.span(), (System.nanoTime() - started) / 1e9, failures.said());
        }
        if (code != ExitCode.DONE) {
            exitCode = code;
            if (workspace.stopsOnError() || failures.isUnparsable() || code == ExitCode.INTERRUPTED) {
                pieces = Collections.emptyIterator();
            }
        }
    }
}
