// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

/** Text for people: paragraphs, and rows of tables, which have two blanks in a row somewhere. */
final class Prose {
    private Prose() {}

    static boolean row(String line) {
        return line.strip().contains("  ");
    }

    /** Paragraphs in lines no wider than this, rows as they are. */
    static String filled(String text, int width) {
        StringBuilder filled = new StringBuilder();
        int column = 0;
        for (String line : text.lines().toList()) {
            if (row(line)) {
                filled.append(column > 0 ? "\n" : "").append(line).append('\n');
                column = 0;
                continue;
            }
            for (String word : line.strip().split(" ")) {
                boolean fits = column > 0 && column + 1 + word.length() <= width;
                filled.append(fits ? " " : column > 0 ? "\n" : "").append(word);
                column = word.length() + (fits ? column + 1 : 0);
            }
        }
        return filled.toString().stripTrailing();
    }
}
