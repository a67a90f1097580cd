// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.json.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Output for programs: one JSON document a line; errors are documents too, on stderr. */
public final class JsonOutput implements Output {
    private final PrintStream out;
    private final PrintStream err;

    public JsonOutput(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public synchronized void result(String kind, String text, Map<String, Object> fields) {
        out.println(document(kind, fields));
        out.flush();
    }

    @Override
    public void table(String kind, List<Column> columns, List<Map<String, Object>> rows) {
        rows.forEach(row -> result(kind, "", row));
    }

    @Override
    public void below(List<String> lines) {
        // The rows have it.
    }

    @Override
    public void commandOutput(String text) {
        result("output", text, Map.of("text", text));
    }

    @Override
    public synchronized void note(String text) {
        err.println(document("note", Map.of("text", text)));
        err.flush();
    }

    @Override
    public void error(Source source, Diagnostic diagnostic) {
        error(source, diagnostic.span(), diagnostic.message(), diagnostic.hint());
    }

    @Override
    public void error(Source source, Span span, Failure failure) {
        error(source, span, failure.getMessage(), failure.hint());
    }

    private synchronized void error(Source source, Span span, String message, String hint) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (span.line() > 0) {
            fields.put("file", source.name());
            fields.put("line", span.line());
            fields.put("column", span.column());
        }
        fields.put("message", message);
        fields.put("hint", hint);
        err.println(document("error", fields));
        err.flush();
    }

    /** One document, on one line. */
    public static String document(String kind, Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", kind);
        all.putAll(fields);
        return Json.write(all);
    }
}
