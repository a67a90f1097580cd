// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.session.failure.Failure;
import java.util.List;
import java.util.Map;

/** Where results and messages go: results to stdout, messages to stderr, in one of two forms. For several threads. */
public interface Output {
    /**
     * A result that is one thing.
     *
     * @param text for people
     * @param fields for programs, in order; values are strings, numbers, booleans, or lists and maps of these
     */
    void result(String kind, String text, Map<String, Object> fields);

    /** A result that is a list of like things, in order; for programs a document each, with all fields. */
    void table(String kind, List<Column> columns, List<Map<String, Object>> rows);

    /** Lines below a table, for people: programs have the same in fields. */
    void below(List<String> lines);

    /** What a command that was run wrote. */
    void commandOutput(String text);

    /** A remark that is no result. */
    void note(String text);

    void error(Source source, Diagnostic diagnostic);

    /** @param span where the statement stands */
    void error(Source source, Span span, Failure failure);
}
