// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

/** A piece of the input inside a message. */
public final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    /** The text in single quotes, its middle left out if it is long. */
    public static String of(String text) {
        if (text.length() <= LONGEST) {
            return "'" + text + "'";
        }
        int head = text.offsetByCodePoints(0, LONGEST / 3);
        return "'" + text.substring(0, head) + "...'";
    }
}
