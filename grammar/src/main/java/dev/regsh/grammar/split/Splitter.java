// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.split;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.literal.LiteralReader;
import dev.regsh.grammar.source.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * Cuts a text into statements: at {@code ;} and at the end of a line, except inside strings and brackets and after a
 * final backslash. {@code #} at the start of a word begins a comment; {@code !} as a statement's first character takes
 * the rest of the line, whatever it holds.
 */
public final class Splitter {
    /** A statement's place in the source, blanks round it left out. */
    public record Piece(int start, int end) {}

    /**
     * What was found.
     *
     * @param comments the places of the comments
     * @param complete the text does not end inside a string, a bracket or a continued line
     * @param last where the statement begins in which the text stops; blanks before it are not part of it
     */
    public record Result(List<Piece> pieces, List<Piece> comments, boolean complete, int last) {}

    /** Of those that begin a rule or a control statement, and more. */
    private static final int LONGEST_FIRST_WORD = 16;

    private final String text;
    private final Consumer<Piece> pieces;
    private final Consumer<Piece> comments;
    private int at;
    private int last;

    private Splitter(Source source, Consumer<Piece> pieces, Consumer<Piece> comments) {
        this.text = source.text();
        this.pieces = pieces;
        this.comments = comments;
    }

    /** @throws DiagnosticException if the text holds what no text holds */
    public static Result split(Source source) {
        List<Piece> pieces = new ArrayList<>();
        List<Piece> comments = new ArrayList<>();
        Splitter splitter = new Splitter(source, pieces::add, comments::add);
        boolean complete = splitter.run(source);
        return new Result(pieces, comments, complete, splitter.last);
    }

    /**
     * Hands out each statement's place as it is asked for: a script of many millions takes no more memory for it.
     *
     * @throws DiagnosticException if the text holds what no text holds
     */
    public static Iterator<Piece> pieces(Source source) {
        check(source);
        Deque<Piece> found = new ArrayDeque<>(1);
        Splitter splitter = new Splitter(source, found::add, comment -> {});
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (found.isEmpty() && splitter.at < splitter.text.length()) {
                    splitter.statement();
                }
                return !found.isEmpty();
            }

            @Override
            public Piece next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return found.remove();
            }
        };
    }

    private static void check(Source source) {
        int nul = source.text().indexOf('\0');
        if (nul >= 0) {
            throw new DiagnosticException(new Diagnostic(source.span(nul, 1), "the text holds a NUL character",
                    "give a text file in UTF-8"));
        }
    }

    private boolean run(Source source) {
        check(source);
        boolean complete;
        do {
            complete = statement();
        } while (at < text.length());
        return complete;
    }

    /** Reads one statement and its separator; false if the text ended inside it. */
    private boolean statement() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ';')) {
            at++;
        }
        int start = at;
        last = start;
        if (at < text.length() && text.charAt(at) == '!') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
            return add(start, at, true);
        }
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                int end = LiteralReader.endOfString(text, at);
                at = Math.max(end, ~end);
                if (end < 0) {
                    return add(start, at, false);
                }
                continue;
            } else if (c == '#' && (at == start || Character.isWhitespace(text.charAt(at - 1)))) {
                int before = at;
                comment();
                if (depth == 0) {
                    return add(start, before, true);
                }
                continue;
            } else if (c == '\\') {
                int next = at + 1;
                if (next < text.length() && text.charAt(next) == '\r') {
                    next++;
                }
                if (next >= text.length()) {
                    int before = at;
                    at = text.length();
                    return add(start, before, false);
                }
                if (text.charAt(next) == '\n') {
                    at = next + 1;
                    continue;
                }
                if (isCommand(start)) {
                    // It takes the next character as it is; in a rule it is itself one of a path.
                    at++;
                }
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth = Math.max(0, depth - 1);
            } else if ((c == ';' && depth == 0) || (c == '\n' && depth == 0)) {
                add(start, at, true);
                at++;
                last = at;
                return true;
            }
            at++;
        }
        return add(start, at, depth == 0);
    }

    private boolean isCommand(int start) {
        return !Words.FIRST_WORDS.contains(Words.first(text.substring(start, Math.min(text.length(), start + LONGEST_FIRST_WORD))));
    }

    private void comment() {
        int end = text.indexOf('\n', at);
        comments.accept(new Piece(at, end < 0 ? text.length() : end));
        at = end < 0 ? text.length() : end;
    }

    private boolean add(int start, int end, boolean complete) {
        int stop = end;
        while (stop > start && Character.isWhitespace(text.charAt(stop - 1))) {
            stop--;
        }
        if (stop > start) {
            pieces.accept(new Piece(start, stop));
        }
        return complete;
    }
}
