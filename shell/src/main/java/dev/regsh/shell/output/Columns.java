// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.base.text.Printable;
import org.jline.utils.WCWidth;

/** Text by the columns of a terminal that it takes: Chinese letters take two, accents that go on a letter none. */
public final class Columns {
    private static final int ASCII = 0x7f;

    private Columns() {}

    public static int of(String text) {
        int columns = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            columns += of(text.codePointAt(at));
        }
        return columns;
    }

    private static int of(int letter) {
        return letter < ASCII ? 1 : Math.max(0, WCWidth.wcwidth(letter));
    }

    /** The text, or as much of its beginning as leaves a column for the sign that it was cut. */
    public static String cut(String text, int room) {
        return of(text) <= room ? text : text.substring(0, fitting(text, 0, Math.max(0, room - 1))) + Printable.CUT;
    }

    /** Up to where a text may be shown from a place on, in so many columns. */
    static int fitting(String text, int from, int room) {
        int columns = 0;
        int at = from;
        while (at < text.length()) {
            int letter = text.codePointAt(at);
            columns += of(letter);
            if (columns > room) {
                break;
            }
            at += Character.charCount(letter);
        }
        return at;
    }

    /** With blanks behind it, up to a width. */
    public static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }
}
