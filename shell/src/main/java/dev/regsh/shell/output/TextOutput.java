// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.base.text.Printable;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.option.Options;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Output for people. */
public final class TextOutput implements Output {
    /** Of a line that is shown with a mistake: letters before the mistake, and columns in all. */
    private static final int BEFORE = 60;
    private static final int EXCERPT = 120;

    private final PrintStream out;
    private final PrintStream err;
    private final IntSupplier width;
    private final Options options;

    /** @param width of the terminal in columns, 0 where there is none */
    public TextOutput(PrintStream out, PrintStream err, IntSupplier width, Options options) {
        this.out = out;
        this.err = err;
        this.width = width;
        this.options = options;
    }

    @Override
    public synchronized void result(String kind, String text, Map<String, Object> fields) {
        if (!text.isEmpty()) {
            out.println(Printable.lines(text));
            out.flush();
        }
    }

    @Override
    public synchronized void table(String kind, List<Column> columns, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            note("no " + kind + "s");
            return;
        }
        Table.lines(columns, rows, width.getAsInt()).forEach(out::println);
        out.flush();
    }

    @Override
    public synchronized void below(List<String> lines) {
        lines.forEach(line -> out.println(Printable.escape(line)));
        out.flush();
    }

    @Override
    public synchronized void commandOutput(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public synchronized void note(String text) {
        err.println(Printable.lines(text));
        err.flush();
    }

    @Override
    public void error(Source source, Diagnostic diagnostic) {
        error(source, diagnostic.span(), diagnostic.message(), diagnostic.hint());
    }

    @Override
    public void error(Source source, Span span, Failure failure) {
        error(source, span, failure.getMessage(), failure.hint());
        if (options.on(Options.VERBOSE) && !failure.detail().isEmpty()) {
            note(failure.detail());
        }
    }

    private synchronized void error(Source source, Span span, String message, String hint) {
        StringBuilder text = new StringBuilder();
        if (span.line() > 0) {
            text.append(Printable.escape(source.name())).append(':').append(span.line()).append(':').append(span.column())
                    .append(": ");
        } else {
            text.append("regsh: ");
        }
        text.append(Printable.escape(message)).append(System.lineSeparator());
        if (span.line() > 0) {
            excerpt(text, source.line(span.line()), span);
        }
        if (!hint.isEmpty()) {
            text.append("  hint: ").append(Printable.escape(hint)).append(System.lineSeparator());
        }
        err.print(text);
        err.flush();
    }

    /** The line and a caret below the place; of a long line only what is round it. */
    private static void excerpt(StringBuilder text, String line, Span span) {
        int at = Math.min(Math.max(0, span.column() - 1), line.length());
        int from = line.offsetByCodePoints(0, Math.max(0, line.codePointCount(0, at) - BEFORE));
        int to = Columns.fitting(line, from, EXCERPT);
        int end = Math.max(at, Math.min(at + span.length(), to));
        String before = shown(line.substring(from, at));
        String marked = shown(line.substring(at, end));
        text.append("  ").append(before).append(marked).append(shown(line.substring(end, Math.max(end, to))))
                .append(System.lineSeparator());
        text.append("  ").append(" ".repeat(Columns.of(before))).append("^".repeat(Math.max(1, Columns.of(marked))))
                .append(System.lineSeparator());
    }

    private static String shown(String part) {
        return Printable.escape(part.replace('\t', ' '));
    }
}
