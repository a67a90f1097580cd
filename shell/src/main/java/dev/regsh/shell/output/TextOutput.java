// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.grammar.Source;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.shell.Failure;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/** Output for people. */
public final class TextOutput implements Output {
    private final PrintStream out;
    private final PrintStream err;
    private final IntSupplier width;
    private final boolean verbose;

    /** @param width of the terminal in columns, 0 where there is none */
    public TextOutput(PrintStream out, PrintStream err, IntSupplier width, boolean verbose) {
        this.out = out;
        this.err = err;
        this.width = width;
        this.verbose = verbose;
    }

    @Override
    public void result(String kind, String text, Map<String, Object> fields) {
        if (!text.isEmpty()) {
            out.println(text);
            out.flush();
        }
    }

    @Override
    public void table(String kind, List<String> columns, List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            note("no " + kind + "s");
            return;
        }
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            String column = columns.get(i);
            widths[i] = Math.max(column.length(), rows.stream().mapToInt(row -> cell(row, column).length()).max().orElse(0));
        }
        int room = width.getAsInt();
        line(columns.stream().map(c -> c.toUpperCase(Locale.ROOT)).toList(), widths, room);
        for (Map<String, Object> row : rows) {
            line(columns.stream().map(column -> cell(row, column)).toList(), widths, room);
        }
        out.flush();
    }

    private static String cell(Map<String, Object> row, String column) {
        return Printable.escape(String.valueOf(row.getOrDefault(column, "")));
    }

    /** The last column takes what is left, and is cut where the terminal ends. */
    private void line(List<String> cells, int[] widths, int room) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            boolean last = i == cells.size() - 1;
            line.append(cells.get(i));
            if (!last) {
                line.append(" ".repeat(widths[i] - cells.get(i).length() + 2));
            }
        }
        String text = line.toString().stripTrailing();
        out.println(room > 10 && text.length() > room ? text.substring(0, room - 1) + "…" : text);
    }

    @Override
    public void commandOutput(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public void note(String text) {
        err.println(text);
        err.flush();
    }

    @Override
    public void error(Source source, Diagnostic diagnostic) {
        error(source, diagnostic.span(), diagnostic.message(), diagnostic.hint());
    }

    @Override
    public void error(Source source, Span span, Failure failure) {
        error(source, span, failure.getMessage(), failure.hint());
        if (verbose && !failure.detail().isEmpty()) {
            note(failure.detail());
        }
    }

    private void error(Source source, Span span, String message, String hint) {
        StringBuilder text = new StringBuilder();
        if (span.line() > 0) {
            text.append(source.name()).append(':').append(span.line()).append(':').append(span.column()).append(": ");
        } else {
            text.append("regsh: ");
        }
        text.append(Printable.escape(message)).append(System.lineSeparator());
        if (span.line() > 0) {
            excerpt(text, Printable.escape(source.line(span.line()).replace('\t', ' ')), span);
        }
        if (!hint.isEmpty()) {
            text.append("  hint: ").append(Printable.escape(hint)).append(System.lineSeparator());
        }
        err.print(text);
        err.flush();
    }

    /** The line and a caret below the place; of a long line only what is round it. */
    private static void excerpt(StringBuilder text, String line, Span span) {
        int from = Math.min(Math.max(0, span.column() - 61), line.length());
        int to = Math.min(line.length(), from + 120);
        text.append("  ").append(line, from, to).append(System.lineSeparator());
        int caret = Math.max(0, span.column() - 1 - from);
        int length = Math.max(1, Math.min(span.length(), to - from - caret));
        text.append("  ").append(" ".repeat(caret)).append("^".repeat(length)).append(System.lineSeparator());
    }
}
