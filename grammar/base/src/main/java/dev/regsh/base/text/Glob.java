// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any letters and {@code ?} for one; everything that is matched with a glob outside the
 * kernel is matched here. The parts between the stars are looked for one after the other, each where it is first found: no
 * pattern makes that go back. A letter of text costs at most one step for each 64 letters of the longest part. Immutable.
 */
public final class Glob {
    /** Up to this length letters are compared one by one: no worse than the machinery for longer parts. */
    private static final int SHORT = Long.SIZE;
    private static final int ANY = -1;

    /** The parts between the stars; {@link #ANY} for {@code ?}. */
    private final List<int[]> parts = new ArrayList<>();
    private final String prefix;

    /** Of Unicode's code points. */
    public Glob(String pattern) {
        this(codePoints(pattern));
    }

    /** Of bytes: a letter that takes several is several. */
    public Glob(byte[] pattern) {
        this(bytes(pattern, 0, pattern.length));
    }

    private Glob(int[] pattern) {
        int start = 0;
        for (int at = 0; at <= pattern.length; at++) {
            if (at == pattern.length || pattern[at] == '*') {
                parts.add(Arrays.copyOfRange(pattern, start, at));
                start = at + 1;
            } else if (pattern[at] == '?') {
                pattern[at] = ANY;
            }
        }
        int fixed = 0;
        int[] first = parts.get(0);
        while (fixed < first.length && first[fixed] != ANY) {
            fixed++;
        }
        prefix = new String(first, 0, fixed);
    }

    /** Whether a text has anything that makes it more than a name. */
    public static boolean isOne(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** How everything begins that matches. */
    public String prefix() {
        return prefix;
    }

    public boolean matches(String text) {
        return matches(codePoints(text));
    }

    /** For names that stand in a large text: each byte is a letter. */
    public boolean matches(byte[] text, int from, int length) {
        return matches(bytes(text, from, length));
    }

    private boolean matches(int[] text) {
        int[] first = parts.get(0);
        int[] last = parts.get(parts.size() - 1);
        if (parts.size() == 1) {
            return text.length == first.length && stands(first, text, 0);
        }
        int end = text.length - last.length;
        if (end < first.length || !stands(first, text, 0) || !stands(last, text, end)) {
            return false;
        }
        int at = first.length;
        for (int[] part : parts.subList(1, parts.size() - 1)) {
            at = part.length <= SHORT ? find(part, text, at, end) : findLong(part, text, at, end);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean stands(int[] part, int[] text, int at) {
        for (int i = 0; i < part.length; i++) {
            if (part[i] != ANY && part[i] != text[at + i]) {
                return false;
            }
        }
        return true;
    }

    /** Behind the first place of a part between two places; -1: there is none. */
    private static int find(int[] part, int[] text, int from, int end) {
        for (int at = from; at + part.length <= end; at++) {
            if (stands(part, text, at)) {
                return at + part.length;
            }
        }
        return -1;
    }

    /** The same by a bit for each beginning of the part that the text up to here ends with. */
    private static int findLong(int[] part, int[] text, int from, int end) {
        int words = (part.length + Long.SIZE - 1) / Long.SIZE;
        int[] letters = Arrays.stream(part).filter(letter -> letter != ANY).sorted().distinct().toArray();
        // Where each letter of the part stands in it; the last row is for all other letters.
        long[][] places = new long[letters.length + 1][words];
        for (int i = 0; i < part.length; i++) {
            if (part[i] == ANY) {
                for (long[] row : places) {
                    row[i / Long.SIZE] |= 1L << i;
                }
            } else {
                places[Arrays.binarySearch(letters, part[i])][i / Long.SIZE] |= 1L << i;
            }
        }
        long[] reached = new long[words];
        for (int at = from; at < end; at++) {
            int letter = Arrays.binarySearch(letters, text[at]);
            long[] row = places[letter < 0 ? letters.length : letter];
            long carry = 1;
            for (int word = 0; word < words; word++) {
                long next = reached[word] >>> (Long.SIZE - 1);
                reached[word] = (reached[word] << 1 | carry) & row[word];
                carry = next;
            }
            if ((reached[words - 1] >>> (part.length - 1) & 1) != 0) {
                return at + 1;
            }
        }
        return -1;
    }

    private static int[] codePoints(String text) {
        return text.codePoints().toArray();
    }

    private static int[] bytes(byte[] text, int from, int length) {
        int[] letters = new int[length];
        for (int i = 0; i < length; i++) {
            letters[i] = text[from + i] & 0xff;
        }
        return letters;
    }
}
