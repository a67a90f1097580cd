// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.build;

import dev.regsh.grammar.Source;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** The words of a shell command: blanks part them, double quotes hold them together, a blank before {@code #} ends them. */
public final class Words {
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
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        boolean quoted = false;
        Matcher variable = Variables.REFERENCE.matcher(text);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(++at);
                if (next != '\n') {
                    word.append(next);
                    inWord = true;
                }
            } else if (c == '"') {
                quoted = !quoted;
                inWord = true;
            } else if (c == '$' && variable.region(at, text.length()).lookingAt()) {
                Span span = source.span(start + at, variable.end() - at);
                word.append(Variables.value(variable.group(1), variables, span));
                at = variable.end() - 1;
                inWord = true;
            } else if (!quoted && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quoted) {
            int quote = text.lastIndexOf('"');
            throw new DiagnosticException(new Diagnostic(source.span(start + quote, 1), "this quote is not closed"));
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
