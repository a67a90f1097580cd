// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into statements: at {@code ;} and at the end of a line, except inside strings and brackets and after a
 * final backslash. {@code #} at the start of a word begins a comment; {@code !} as a statement's first character takes
 * the rest of the line, whatever it holds.
 */
final class Splitter {
    /** A statement's place in the source, blanks round it left out. */
    record Piece(int start, int end) {}

    /**
     * What was found.
     *
     * @param complete the text does not end inside a string, a bracket or a continued line
     */
    record Result(List<Piece> pieces, boolean complete) {}

    private final String text;
    private final Source source;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;

    private Splitter(Source source) {
        this.source = source;
        this.text = source.text();
    }

    static Result split(Source source) {
        Splitter splitter = new Splitter(source);
        boolean complete = true;
        while (splitter.at < splitter.text.length()) {
            complete = splitter.statement();
        }
        return new Result(splitter.pieces, complete);
    }

    /** Reads one statement and its separator; false if the text ended inside it. */
    private boolean statement() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ';')) {
            at++;
        }
        int start = at;
        if (at < text.length() && text.charAt(at) == '!') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
            add(start, at);
            return true;
        }
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\0') {
                throw new DiagnosticException(new Diagnostic(source.span(at, 1), "the text holds a NUL character",
                        "give a text file in UTF-8"));
            } else if (c == '"') {
                if (!string()) {
                    add(start, at);
                    return false;
                }
                continue;
            } else if (c == '#' && (at == start || Character.isWhitespace(text.charAt(at - 1)))) {
                int end = text.indexOf('\n', at);
                if (depth == 0) {
                    add(start, at);
                    at = end < 0 ? text.length() : end + 1;
                    return true;
                }
                at = end < 0 ? text.length() : end;
                continue;
            } else if (c == '\\') {
                int next = at + 1;
                if (next < text.length() && text.charAt(next) == '\r') {
                    next++;
                }
                if (next >= text.length()) {
                    add(start, at);
                    at = text.length();
                    return false;
                }
                if (text.charAt(next) == '\n') {
                    at = next + 1;
                    continue;
                }
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth = Math.max(0, depth - 1);
            } else if (c == ';' && depth == 0 || c == '\n' && depth == 0) {
                add(start, at);
                at++;
                return true;
            }
            at++;
        }
        add(start, at);
        return depth == 0;
    }

    /** Passes a string; false, and at the line's end, if it is not closed. */
    private boolean string() {
        for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '"') {
                at++;
                return true;
            }
        }
        at = Math.min(at, text.length());
        return false;
    }

    private void add(int start, int end) {
        int last = end;
        while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        if (last > start) {
            pieces.add(new Piece(start, last));
        }
    }
}
