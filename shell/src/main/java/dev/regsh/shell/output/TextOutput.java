// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.grammar.Source;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.shell.Failure;
import dev.regsh.shell.Options;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Output for people. */
public final class TextOutput implements Output {
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
            out.println(text);
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
        if (options.on(Options.VERBOSE) && !failure.detail().isEmpty()) {
            note(failure.detail());
        }
    }

    private synchronized void error(Source source, Span span, String message, String hint) {
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
