// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.source;

import java.util.Arrays;

/** A text to be parsed and where its lines start; offsets and columns are in characters. */
public final class Source {
    private static final int STEP = 64;

    private final String name;
    private final String text;
    /** Where each {@link #STEP}th line starts: most scripts have one, and one of nothing but line ends takes little more than itself. */
    private final int[] starts;

    /** @param name what error messages call it: a file, or {@code <line>} */
    public Source(String name, String text) {
        this.name = name;
        this.text = text;
        int[] found = new int[1];
        int lines = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (lines++ % STEP == 0) {
                int step = (lines - 1) / STEP;
                found = step == found.length ? Arrays.copyOf(found, step * 2) : found;
                found[step] = at + 1;
            }
        }
        starts = Arrays.copyOf(found, (lines - 1) / STEP + 1);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** The span of {@code length} characters at {@code offset}. */
    public Span span(int offset, int length) {
        int step = Arrays.binarySearch(starts, offset);
        step = step < 0 ? -step - 2 : step;
        int line = step * STEP;
        int start = starts[step];
        for (int end = end(start); end < offset; end = end(start)) {
            start = end + 1;
            line++;
        }
        return new Span(line + 1, offset - start + 1, offset, length);
    }

    /** Where the line ends that starts there. */
    private int end(int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    /** The text of a line, counted from 1, without its end. */
    public String line(int number) {
        if (number < 1 || (number - 1) / STEP >= starts.length) {
            return "";
        }
        int start = starts[(number - 1) / STEP];
        for (int line = (number - 1) / STEP * STEP + 1; line < number; line++) {
            start = end(start) + 1;
        }
        if (start > text.length()) {
            return "";
        }
        int end = end(start);
        return text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }
}
