// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The words a typing error may have meant: by letters wrong, missing, too many, or two exchanged. */
public final class Nearest {
    private Nearest() {}

    /**
     * The words most like {@code typed}, best first; none with more errors than a third of its letters. One or two
     * letters are like nothing.
     */
    public static List<String> of(String typed, Collection<String> words, int most) {
        record Near(String word, int errors) {}
        if (typed.length() < 3) {
            return List.of();
        }
        int bound = typed.length() / 3;
        return words.stream().distinct().filter(word -> Math.abs(word.length() - typed.length()) <= bound)
                .map(word -> new Near(word, errors(typed, word)))
                .filter(near -> near.errors() <= bound && near.errors() > 0)
                .sorted(Comparator.comparingInt(Near::errors)).limit(most).map(Near::word).toList();
    }

    private static int errors(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int changed = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int least = Math.min(changed, Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
                boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                distance[i][j] = exchanged ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
            }
        }
        return distance[a.length()][b.length()];
    }
}
