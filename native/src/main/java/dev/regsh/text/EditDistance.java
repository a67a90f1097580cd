// SPDX-License-Identifier: Apache-2.0
package dev.regsh.text;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Levenshtein's distance between names, to offer the ones a typing error may have meant. */
public final class EditDistance {
    private EditDistance() {}

    /**
     * Of a name and a part of {@code text}. Given up, with some number above it, once it must exceed the bound.
     *
     * @param row scratch space of one more than the name's length
     */
    public static int between(byte[] name, byte[] text, int start, int length, int bound, int[] row) {
        if (Math.abs(length - name.length) > bound) {
            return bound + 1;
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = i;
        }
        for (int j = 1; j <= length; j++) {
            byte letter = text[start + j - 1];
            int diagonal = row[0];
            row[0] = j;
            int least = j;
            for (int i = 1; i < row.length; i++) {
                int changed = diagonal + (name[i - 1] == letter ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.min(Math.min(row[i], row[i - 1]) + 1, changed);
                least = Math.min(least, row[i]);
            }
            if (least > bound) {
                return least;
            }
        }
        return row[name.length];
    }

    /** How far a name may be from this one and still be what was meant. */
    public static int bound(byte[] name) {
        return Math.max(1, name.length / 3);
    }

    /** The names most like this one, best first; none further than a third of it. */
    public static List<String> nearest(String name, Collection<String> names, int most) {
        record Near(String name, int distance) {}
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int[] row = new int[wanted.length + 1];
        int bound = bound(wanted);
        return names.stream().distinct().map(other -> {
            byte[] text = other.getBytes(StandardCharsets.UTF_8);
            return new Near(other, between(wanted, text, 0, text.length, bound, row));
        })
                .filter(near -> near.distance() <= bound)
                .sorted(Comparator.comparingInt(Near::distance)).limit(most).map(Near::name).toList();
    }
}
