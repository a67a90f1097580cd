// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.grammar.Source;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.shell.Failure;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Output for programs: one JSON document a line; errors are documents too, on stderr. */
public final class JsonOutput implements Output {
    private final JsonFactory factory = new JsonFactory();
    private final PrintStream out;
    private final PrintStream err;

    public JsonOutput(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void result(String kind, String text, Map<String, Object> fields) {
        out.println(document(kind, fields));
        out.flush();
    }

    @Override
    public void table(String kind, List<String> columns, List<Map<String, Object>> rows) {
        rows.forEach(row -> result(kind, "", row));
    }

    @Override
    public void commandOutput(String text) {
        result("output", text, Map.of("text", text));
    }

    @Override
    public void note(String text) {
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

    private void error(Source source, Span span, String message, String hint) {
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

    private String document(String kind, Map<String, Object> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("kind", kind);
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                value(json, field.getValue());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : new java.util.TreeMap<>(map).entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                value(json, each);
            }
            json.writeEndArray();
        } else {
            json.writeString(String.valueOf(value));
        }
    }
}
