// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import dev.regsh.grammar.ast.Span;
import java.util.Arrays;

/** A text to be parsed and where its lines start; offsets and columns are in characters. */
public final class Source {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    /** @param name what error messages call it: a file, or {@code <line>} */
    public Source(String name, String text) {
        this.name = name;
        this.text = text;
        int[] starts = new int[16];
        int lines = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (lines == starts.length) {
                starts = Arrays.copyOf(starts, lines * 2);
            }
            starts[lines++] = at + 1;
        }
        lineStarts = Arrays.copyOf(starts, lines);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** The span of {@code length} characters at {@code offset}. */
    public Span span(int offset, int length) {
        int line = Arrays.binarySearch(lineStarts, offset);
        line = line < 0 ? -line - 2 : line;
        return new Span(line + 1, offset - lineStarts[line] + 1, offset, length);
    }

    /** The text of a line, counted from 1, without its end. */
    public String line(int number) {
        if (number < 1 || number > lineStarts.length) {
            return "";
        }
        int start = lineStarts[number - 1];
        int end = number < lineStarts.length ? lineStarts[number] - 1 : text.length();
        return text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }
}
