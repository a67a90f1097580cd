// SPDX-License-Identifier: Apache-2.0
package dev.regsh.kallsyms;

import dev.regsh.text.EditDistance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The kernel's functions, from /proc/kallsyms (kallsyms lists text as t, T, w or W). Some 100,000 names are kept as bytes
 * in one array, with an order by name; a String is made only for what is asked for.
 */
public final class Kallsyms {
    public static final Path PATH = Path.of("/proc/kallsyms");

    /**
     * @param module empty: the kernel image
     * @param address 0 where kptr_restrict hides it
     */
    public record Symbol(String name, String module, long address) {}

    private final byte[] text;
    private final int[] starts;
    private final short[] lengths;
    private final short[] modules;
    private final long[] addresses;
    private final List<String> moduleNames;
    private final int count;

    private Kallsyms(byte[] text, int[] starts, short[] lengths, short[] modules, long[] addresses, List<String> names,
            int count) {
        this.text = text;
        this.starts = starts;
        this.lengths = lengths;
        this.modules = modules;
        this.addresses = addresses;
        this.moduleNames = names;
        this.count = count;
    }

    public static Kallsyms read() throws IOException {
        return read(Files.readAllBytes(PATH));
    }

    /** Of a text in the form of /proc/kallsyms: {@code ADDRESS TYPE NAME[\tMODULE]}. */
    public static Kallsyms read(byte[] text) {
        int room = 1 << 17;
        int[] starts = new int[room];
        short[] lengths = new short[room];
        short[] modules = new short[room];
        long[] addresses = new long[room];
        List<String> names = new ArrayList<>(List.of(""));
        int count = 0;
        for (int at = 0; at < text.length;) {
            long address = 0;
            while (at < text.length && text[at] != ' ') {
                address = address << 4 | Character.digit(text[at++], 16);
            }
            byte type = at + 1 < text.length ? text[at + 1] : 0;
            at += 3;
            int start = at;
            while (at < text.length && text[at] != '\n' && text[at] != '\t') {
                at++;
            }
            int length = at - start;
            int module = 0;
            if (at < text.length && text[at] == '\t') {
                int from = at + 2;
                while (at < text.length && text[at] != '\n') {
                    at++;
                }
                module = module(names, text, from, at - 1);
            }
            at++;
            if (length <= 0 || type != 't' && type != 'T' && type != 'w' && type != 'W') {
                continue;
            }
            if (count == room) {
                room *= 2;
                starts = Arrays.copyOf(starts, room);
                lengths = Arrays.copyOf(lengths, room);
                modules = Arrays.copyOf(modules, room);
                addresses = Arrays.copyOf(addresses, room);
            }
            starts[count] = start;
            lengths[count] = (short) Math.min(length, Short.MAX_VALUE);
            modules[count] = (short) module;
            addresses[count++] = address;
        }
        Kallsyms unsorted = new Kallsyms(text, starts, lengths, modules, addresses, names, count);
        return unsorted.sorted();
    }

    private static int module(List<String> names, byte[] text, int from, int to) {
        // The lines of a module stand together: nearly always it is the last one again.
        String last = names.get(names.size() - 1);
        boolean same = last.length() == to - from;
        for (int i = 0; same && i < last.length(); i++) {
            same = last.charAt(i) == text[from + i];
        }
        if (same) {
            return names.size() - 1;
        }
        String name = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        int known = names.indexOf(name);
        if (known < 0) {
            names.add(name);
            known = names.size() - 1;
        }
        return known;
    }

    /** The same symbols in order of name; packed into one array so that the file's text can go. */
    private Kallsyms sorted() {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        sort(order, new int[count], 0, count);
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += lengths[i];
        }
        byte[] packed = new byte[bytes];
        int[] newStarts = new int[count];
        short[] newLengths = new short[count];
        short[] newModules = new short[count];
        long[] newAddresses = new long[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int from = order[i];
            System.arraycopy(text, starts[from], packed, at, lengths[from]);
            newStarts[i] = at;
            newLengths[i] = lengths[from];
            newModules[i] = modules[from];
            newAddresses[i] = addresses[from];
            at += lengths[from];
        }
        return new Kallsyms(packed, newStarts, newLengths, newModules, newAddresses, List.copyOf(moduleNames), count);
    }

    /** A merge sort of indexes: no boxing, and stable, so that equal names keep their order of address. */
    private void sort(int[] order, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(order, spare, from, middle);
        sort(order, spare, middle, to);
        System.arraycopy(order, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = right >= to || left < middle && compare(spare[left], spare[right]) <= 0;
            order[i] = takeLeft ? spare[left++] : spare[right++];
        }
    }

    private int compare(int one, int other) {
        return Arrays.compareUnsigned(text, starts[one], starts[one] + lengths[one], text, starts[other],
                starts[other] + lengths[other]);
    }

    public int size() {
        return count;
    }

    /** Whether addresses are hidden (kptr_restrict, or no privilege). */
    public boolean addressesHidden() {
        for (int i = 0; i < count; i++) {
            if (addresses[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Every function of exactly this name. */
    public List<Symbol> named(String name) {
        List<Symbol> found = new ArrayList<>();
        byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = lower(wanted); i < count && lengths[i] == wanted.length && startsWith(i, wanted); i++) {
            found.add(symbol(i));
        }
        return found;
    }

    /** At most {@code most} names that begin so, in order, each once. */
    public List<String> startingWith(String prefix, int most) {
        List<String> found = new ArrayList<>();
        byte[] wanted = prefix.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = lower(wanted); i < count && found.size() < most && startsWith(i, wanted); i++) {
            String name = name(i);
            if (found.isEmpty() || !found.get(found.size() - 1).equals(name)) {
                found.add(name);
            }
        }
        return found;
    }

    /** The functions whose name matches the glob ({@code *} and {@code ?}), in order of name. */
    public List<Symbol> matching(String glob) {
        byte[] pattern = glob.getBytes(StandardCharsets.ISO_8859_1);
        int fixed = 0;
        while (fixed < pattern.length && pattern[fixed] != '*' && pattern[fixed] != '?') {
            fixed++;
        }
        byte[] prefix = Arrays.copyOf(pattern, fixed);
        List<Symbol> found = new ArrayList<>();
        for (int i = lower(prefix); i < count && startsWith(i, prefix); i++) {
            if (matches(pattern, i)) {
                found.add(symbol(i));
            }
        }
        return found;
    }

    /** The names at the smallest edit distance, best first; none further than a third of the name. */
    public List<String> nearest(String name, int most) {
        record Near(int index, int distance) {}
        byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
        int bound = EditDistance.bound(wanted);
        PriorityQueue<Near> best = new PriorityQueue<>((a, b) -> b.distance() - a.distance());
        int[] row = new int[wanted.length + 1];
        for (int i = 0; i < count; i++) {
            if (i > 0 && lengths[i] == lengths[i - 1] && compare(i, i - 1) == 0) {
                continue;
            }
            int distance = EditDistance.between(wanted, text, starts[i], lengths[i], bound, row);
            if (distance > bound) {
                continue;
            }
            best.add(new Near(i, distance));
            if (best.size() > most) {
                best.poll();
                bound = Math.min(bound, best.peek().distance());
            }
        }
        return best.stream().sorted((a, b) -> a.distance() - b.distance()).map(near -> name(near.index())).toList();
    }

    private boolean matches(byte[] pattern, int index) {
        int p = 0;
        int s = 0;
        int star = -1;
        int mark = 0;
        int start = starts[index];
        int length = lengths[index];
        while (s < length) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                mark = s;
            } else if (p < pattern.length && (pattern[p] == '?' || pattern[p] == text[start + s])) {
                p++;
                s++;
            } else if (star >= 0) {
                p = star + 1;
                s = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** The first symbol that is not below the name. */
    private int lower(byte[] name) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(text, starts[middle], starts[middle] + lengths[middle], name, 0,
                    name.length);
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean startsWith(int index, byte[] prefix) {
        return lengths[index] >= prefix.length && Arrays.equals(text, starts[index], starts[index] + prefix.length,
                prefix, 0, prefix.length);
    }

    private String name(int index) {
        return new String(text, starts[index], lengths[index], StandardCharsets.ISO_8859_1);
    }

    private Symbol symbol(int index) {
        return new Symbol(name(index), moduleNames.get(modules[index]), addresses[index]);
    }
}
