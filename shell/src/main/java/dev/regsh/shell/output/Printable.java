// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

/** Text from the kernel or from files, made safe for a terminal. */
public final class Printable {
    /** Stands where text was cut off; in letters the locale has. */
    public static final String CUT = System.getProperty("native.encoding", "UTF-8").startsWith("UTF") ? "…" : "~";

    private Printable() {}

    /** Control characters, which could steer a terminal, as {@code \\xNN}. */
    public static String escape(String text) {
        StringBuilder out = null;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean control = c < ' ' && c != '\t' || c >= 0x7f && c < 0xa0;
            if (control && out == null) {
                out = new StringBuilder(text.substring(0, at));
            }
            if (out != null) {
                out.append(control ? String.format("\\x%02x", (int) c) : String.valueOf(c));
            }
        }
        return out == null ? text : out.toString();
    }
}
