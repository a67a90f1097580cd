// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The words a typing error may have meant: by letters wrong, missing, too many, or two exchanged (the optimal string
 * alignment distance). Fast enough for the hundred thousand functions of a kernel: a word is given up once it has too many.
 */
public final class Nearest {
    private final String typed;
    private final int bound;
    /** Rows of the table: errors between the word's beginning up to this letter, and those before, and typed's beginnings. */
    private int[] row;
    private int[] last;
    private int[] beforeLast;

    private Nearest(String typed) {
        this.typed = typed;
        bound = typed.length() / 3;
        row = new int[typed.length() + 1];
        last = new int[typed.length() + 1];
        beforeLast = new int[typed.length() + 1];
    }

    /**
     * The words with the fewest errors, first those where letters are only missing, else in their order; none with more than a
     * third of the letters of {@code typed}. One or two letters are like nothing.
     */
    public static List<String> of(String typed, Stream<String> words, int most) {
        record Near(String word, int errors) {}
        Nearest nearest = new Nearest(typed);
        List<Near> near = words.filter(word -> Math.abs(word.length() - typed.length()) <= nearest.bound)
                .map(word -> new Near(word, nearest.errors(word)))
                .filter(each -> each.errors() <= nearest.bound && each.errors() > 0).distinct().toList();
        int least = near.stream().mapToInt(Near::errors).min().orElse(0);
        return near.stream().filter(each -> each.errors() == least).map(Near::word)
                .sorted(Comparator.comparing(word -> !onlyMissing(typed, word))).limit(most).toList();
    }

    /** Every letter typed is in the word, in order. */
    private static boolean onlyMissing(String typed, String word) {
        int found = 0;
        for (int i = 0; i < word.length() && found < typed.length(); i++) {
            found += word.charAt(i) == typed.charAt(found) ? 1 : 0;
        }
        return found == typed.length();
    }

    public static List<String> of(String typed, Collection<String> words, int most) {
        return of(typed, words.stream(), most);
    }

    /** Some number above the bound where there are more. */
    private int errors(String word) {
        for (int i = 0; i < row.length; i++) {
            row[i] = i;
        }
        for (int j = 1; j <= word.length(); j++) {
            int[] next = beforeLast;
            beforeLast = last;
            last = row;
            row = next;
            if (fill(word, j) > bound) {
                return bound + 1;
            }
        }
        return row[typed.length()];
    }

    /** Fills the row of the word's letter before {@code j}; the least in it. */
    private int fill(String word, int j) {
        char letter = word.charAt(j - 1);
        row[0] = j;
        int least = j;
        for (int i = 1; i < row.length; i++) {
            int errors = Math.min(last[i - 1] + (typed.charAt(i - 1) == letter ? 0 : 1), Math.min(last[i], row[i - 1]) + 1);
            if (i > 1 && j > 1 && typed.charAt(i - 2) == letter && typed.charAt(i - 1) == word.charAt(j - 2)) {
                errors = Math.min(errors, beforeLast[i - 2] + 1);
            }
            row[i] = errors;
            least = Math.min(least, errors);
        }
        return least;
    }
}
