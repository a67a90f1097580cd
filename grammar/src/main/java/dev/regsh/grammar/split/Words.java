// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.split;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.literal.Variables;
import dev.regsh.grammar.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** The words of a shell command: blanks part them, double quotes hold them together, a blank before {@code #} ends them. */
public final class Words {
    /** What begins a statement of the language; whatever begins otherwise is a command of the shell. */
    public static final List<String> FIRST_WORDS = List.of("on", "after", "dry", "expect", "sleep", "wait", "let", "onerror");

    private Words() {}

    /** The first word of a statement, as far as letters go. */
    public static String first(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        boolean whole = end == text.length() || Character.isWhitespace(text.charAt(end))
                || "(\"#\\/;".indexOf(text.charAt(end)) >= 0;
        return whole ? text.substring(0, end) : "";
    }

    /**
     * The words of {@code text}, which stands at {@code start} of the source; what a variable holds is never split or read
     * again.
     */
    public static List<String> split(Source source, int start, String text, Map<String, String> variables) {
        Scan scan = new Scan(text, (name, from, length) -> Variables.value(name, variables, source.span(start + from, length)));
        if (scan.quote >= 0) {
            throw new DiagnosticException(new Diagnostic(source.span(start + scan.quote, 1), "this quote is not closed"));
        }
        if (scan.begin >= 0) {
            scan.words.add(scan.word.toString());
        }
        return scan.words;
    }

    /**
     * A command of which the last word is being typed.
     *
     * @param words those before it
     * @param start where it begins: behind its quote, if it is quoted
     */
    public record Unfinished(List<String> words, int start, boolean quoted) {}

    /** The words of a command as far as it is typed; variables stay as they are written. */
    public static Unfinished unfinished(String text) {
        Scan scan = new Scan(text, (name, from, length) -> text.substring(from, from + length));
        boolean quoted = scan.quote >= 0 && scan.quote == scan.begin;
        return new Unfinished(scan.words, quoted ? scan.quote + 1 : scan.begin < 0 ? text.length() : scan.begin, quoted);
    }

    /** What stands for a variable of this name, written at that place. */
    private interface Values {
        String of(String name, int from, int length);
    }

    /** A command read to its end: a backslash takes the next character as it is, inside quotes and outside. */
    private static final class Scan {
        private final List<String> words = new ArrayList<>();
        /** The last word, if blanks have not ended it, and where it begins; -1: there is none. */
        private final StringBuilder word = new StringBuilder();
        private int begin = -1;
        /** The quote that is open; -1: none is. */
        private int quote = -1;

        Scan(String text, Values values) {
            Matcher variable = Variables.REFERENCE.matcher(text);
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '\\' && at + 1 < text.length()) {
                    char next = text.charAt(++at);
                    if (next != '\n') {
                        in(at - 1).append(next);
                    }
                } else if (c == '"') {
                    in(at);
                    quote = quote < 0 ? at : -1;
                } else if (c == '$' && variable.region(at, text.length()).lookingAt()) {
                    in(at).append(values.of(variable.group(1), at, variable.end() - at));
                    at = variable.end() - 1;
                } else if (quote < 0 && Character.isWhitespace(c)) {
                    if (begin >= 0) {
                        words.add(word.toString());
                        word.setLength(0);
                        begin = -1;
                    }
                } else {
                    in(at).append(c);
                }
            }
        }

        private StringBuilder in(int at) {
            begin = begin < 0 ? at : begin;
            return word;
        }
    }
}
