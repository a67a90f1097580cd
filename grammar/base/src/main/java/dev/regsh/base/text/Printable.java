// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import org.jspecify.annotations.Nullable;

/** Text from the kernel or from files, made safe for a terminal. */
public final class Printable {
    /** Stands where text was cut off; in letters the locale has. */
    public static final String CUT = System.getProperty("native.encoding", "UTF-8").startsWith("UTF") ? "…" : "~";

    private Printable() {}

    /**
     * What could steer a terminal or make text look like other text as {@code \\xNN} or {@code \\uNNNN}: control characters, line
     * ends, letters that turn the direction of writing or cannot be seen.
     */
    public static String escape(String text) {
        return escape(text, "");
    }

    /** The same of text of several lines. */
    public static String lines(String text) {
        return escape(text, "\t\n");
    }

    private static String escape(String text, String allowed) {
        @Nullable
        StringBuilder out = null;
        for (int at = 0; at < text.length();) {
            int letter = text.codePointAt(at);
            int next = at + Character.charCount(letter);
            boolean escaped = !isShown(letter) && allowed.indexOf(letter) < 0;
            if (escaped && out == null) {
                out = new StringBuilder(text.length() + 16).append(text, 0, at);
            }
            if (escaped && out != null) {
                out.append(letter < 0x100 ? String.format("\\x%02x", letter) : String.format("\\u%04x", letter));
            } else if (out != null) {
                out.append(text, at, next);
            }
            at = next;
        }
        return out == null ? text : out.toString();
    }

    private static boolean isShown(int letter) {
        if (letter < 0x7f) {
            return letter >= ' ';
        }
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
            // These two only join letters, of some scripts and of pictures.
            case Character.FORMAT -> letter == 0x200c || letter == 0x200d;
            default -> true;
        };
    }
}
