// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * Finds names as somebody types them, among hundreds of thousands in a few milliseconds. The first of these that finds any
 * decides: names that begin so; names that hold the text, whatever the case, at the start of a word before elsewhere; names
 * with its letters in that order. Each name is two masks of bits, which rule out nearly all others without reading them.
 * Immutable.
 */
public final class NameSearch {
    private static final int[] NONE = {};

    private final byte[] text;
    private final int[] starts;
    private final short[] lengths;
    private final int count;
    /** Of each name: which characters it has, which pairs of neighbours, and at which of its first 64 places words start. */
    private final long[] letters;
    private final long[] pairs;
    private final long[] words;

    /** Of names that stand in {@code text}, in order of their bytes. */
    public NameSearch(byte[] text, int[] starts, short[] lengths, int count) {
        this.text = text;
        this.starts = starts;
        this.lengths = lengths;
        this.count = count;
        letters = new long[count];
        pairs = new long[count];
        words = new long[count];
        for (int i = 0; i < count; i++) {
            letters[i] = letters(text, starts[i], lengths[i]);
            pairs[i] = pairs(text, starts[i], lengths[i]);
            words[i] = words(text, starts[i], lengths[i]);
        }
    }

    /** Of names in order. */
    public static NameSearch of(Collection<String> names) {
        byte[][] all = names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8))
                .filter(name -> name.length <= Short.MAX_VALUE).toArray(byte[][]::new);
        int[] starts = new int[all.length];
        short[] lengths = new short[all.length];
        byte[] text = new byte[Arrays.stream(all).mapToInt(name -> name.length).sum()];
        int at = 0;
        for (int i = 0; i < all.length; i++) {
            starts[i] = at;
            lengths[i] = (short) all[i].length;
            System.arraycopy(all[i], 0, text, at, all[i].length);
            at += all[i].length;
        }
        return new NameSearch(text, starts, lengths, all.length);
    }

    private static long letters(byte[] text, int start, int length) {
        long mask = 0;
        for (int at = start; at < start + length; at++) {
            mask |= 1L << lower(text[at]);
        }
        return mask;
    }

    private static long pairs(byte[] text, int start, int length) {
        long mask = 0;
        for (int at = start + 1; at < start + length; at++) {
            mask |= 1L << (lower(text[at - 1]) * 31 + lower(text[at]) * 7);
        }
        return mask;
    }

    private static long words(byte[] text, int start, int length) {
        long mask = 0;
        byte before = '_';
        for (int at = 0; at < Math.min(length, Long.SIZE); at++) {
            byte letter = text[start + at];
            boolean capital = letter >= 'A' && letter <= 'Z' && before >= 'a' && before <= 'z';
            if (at == 0 || capital || (isOther(before) && !isOther(letter))) {
                mask |= 1L << at;
            }
            before = letter;
        }
        return mask;
    }

    private static boolean isOther(byte letter) {
        return !((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9'));
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }

    /** The numbers of at most {@code most} names, best first; of equal names in a row the first. */
    public int[] find(String query, int most) {
        byte[] wanted = query.getBytes(StandardCharsets.UTF_8);
        int[] found = beginning(wanted, most);
        if (found.length == 0 && wanted.length > 0) {
            found = holding(wanted, most);
        }
        return found.length == 0 && wanted.length > 1 ? inOrder(wanted, most) : found;
    }

    public String name(int number) {
        return new String(text, starts[number], lengths[number], StandardCharsets.UTF_8);
    }

    private int[] beginning(byte[] wanted, int most) {
        int[] found = new int[Math.min(most, count)];
        int size = 0;
        for (int i = first(wanted); i < count && size < found.length && begins(i, wanted); i++) {
            if (!repeats(i)) {
                found[size++] = i;
            }
        }
        return Arrays.copyOf(found, size);
    }

    private int first(byte[] wanted) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(text, starts[middle], starts[middle] + lengths[middle], wanted, 0,
                    wanted.length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean begins(int i, byte[] wanted) {
        return lengths[i] >= wanted.length && Arrays.equals(text, starts[i], starts[i] + wanted.length, wanted, 0,
                wanted.length);
    }

    private boolean repeats(int i) {
        return i > 0 && Arrays.equals(text, starts[i], starts[i] + lengths[i], text, starts[i - 1], starts[i - 1]
                + lengths[i - 1]);
    }

    private int[] holding(byte[] wanted, int most) {
        long needed = letters(wanted, 0, wanted.length);
        long neededPairs = pairs(wanted, 0, wanted.length);
        Ranking ranking = new Ranking();
        for (int i = 0; i < count; i++) {
            if ((letters[i] & needed) == needed && (pairs[i] & neededPairs) == neededPairs) {
                int rank = rankOfPart(i, wanted);
                if (rank >= 0 && !repeats(i)) {
                    ranking.add(rank, lengths[i], i);
                }
            }
        }
        return ranking.best(most);
    }

    /** 0: the name begins so but for its case, 1: a word of it does, 2: it holds the text elsewhere, -1: it does not. */
    private int rankOfPart(int i, byte[] wanted) {
        int best = -1;
        for (int at = starts[i]; at <= starts[i] + lengths[i] - wanted.length; at++) {
            if (same(at, wanted)) {
                if (at == starts[i]) {
                    return 0;
                } else if (wordStarts(i, at)) {
                    return 1;
                }
                best = 2;
            }
        }
        return best;
    }

    private boolean same(int at, byte[] wanted) {
        for (int k = 0; k < wanted.length; k++) {
            if (lower(text[at + k]) != lower(wanted[k])) {
                return false;
            }
        }
        return true;
    }

    private boolean wordStarts(int i, int at) {
        return at - starts[i] < Long.SIZE && (words[i] >>> (at - starts[i]) & 1) != 0;
    }

    /**
     * Letters strewn over the whole name are no abbreviation of it: first those that start words, then with a leap or
     * two.
     */
    private int[] inOrder(byte[] wanted, int most) {
        long needed = letters(wanted, 0, wanted.length);
        for (int leaps = 0; leaps <= wanted.length / 3; leaps += Math.max(1, wanted.length / 3)) {
            Ranking ranking = new Ranking();
            for (int i = 0; i < count; i++) {
                if ((letters[i] & needed) == needed) {
                    int jumps = jumps(i, wanted, leaps);
                    if (jumps >= 0 && !repeats(i)) {
                        ranking.add(jumps, lengths[i], i);
                    }
                }
            }
            if (ranking.size > 0) {
                return ranking.best(most);
            }
        }
        return NONE;
    }

    /**
     * How many times one must jump on to find the letters in order, the first at the start of a word; -1: they are not
     * there.
     *
     * @param leaps how many of the jumps may go elsewhere than to the start of a word
     */
    private int jumps(int i, byte[] wanted, int leaps) {
        int end = starts[i] + lengths[i];
        int at = -1;
        int jumps = -1;
        int left = leaps;
        for (byte each : wanted) {
            int letter = lower(each);
            if (at >= 0 && at + 1 < end && lower(text[at + 1]) == letter) {
                at++;
                continue;
            }
            if (letter == '_' && at >= 0) {
                // Typed between abbreviated words it stands for the end of the one before.
                at++;
                while (at < end && text[at] != '_') {
                    at++;
                }
                if (at == end) {
                    return -1;
                }
                continue;
            }
            int next = wordWith(i, letter, at < 0 ? 0 : at + 1 - starts[i]);
            if (next < 0 && left > 0 && at >= 0) {
                left--;
                next = at + 1;
                while (next < end && lower(text[next]) != letter) {
                    next++;
                }
            }
            if (next < 0 || next >= end) {
                return -1;
            }
            at = next;
            jumps++;
        }
        return jumps;
    }

    /** Where the next word begins with the letter, at or after a place in the name; -1: nowhere. */
    private int wordWith(int i, int letter, int from) {
        long left = from >= Long.SIZE ? 0 : words[i] >>> from << from;
        for (; left != 0; left &= left - 1) {
            int at = starts[i] + Long.numberOfTrailingZeros(left);
            if (lower(text[at]) == letter) {
                return at;
            }
        }
        return -1;
    }

    /** Finds, to be put in order: the lower rank first, then the shorter name, then the order of names. */
    private static final class Ranking {
        private static final int RANKS = 64;

        private long[] keys = new long[64];
        private int size;
        /** How many there are of each rank and, within it, of each length (the longest together). */
        private final int[] classes = new int[RANKS * 64];

        void add(int rank, int length, int number) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
            }
            long order = (long) Math.min(rank, RANKS - 1) << 6 | Math.min(length, 63);
            classes[(int) order]++;
            keys[size++] = order << 32 | number;
        }

        /** Sorting all of them would cost more than finding them: only the classes that can be among the best are. */
        int[] best(int most) {
            int last = 0;
            int kept = 0;
            while (last < classes.length && kept < most) {
                kept += classes[last++];
            }
            long[] good = new long[kept];
            int found = 0;
            for (int k = 0; k < size; k++) {
                if (keys[k] >>> 32 < last) {
                    good[found++] = keys[k];
                }
            }
            Arrays.sort(good);
            return Arrays.stream(good, 0, Math.min(kept, most)).mapToInt(key -> (int) key).toArray();
        }
    }
}
