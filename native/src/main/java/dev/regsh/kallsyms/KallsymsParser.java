// SPDX-License-Identifier: Apache-2.0
package dev.regsh.kallsyms;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * One pass over the text of /proc/kallsyms, and the sort by name. Of the text only some lines are there at a time, and of those
 * only names stay: the JVM keeps what memory it has ever taken.
 */
final class KallsymsParser {
    /** What compilers and objtool put before each function (padding, type hashes): left out. */
    private static final byte[][] PADDING = {ascii("__pfx_"), ascii("__cfi_")};
    /** The jumps of static calls. */
    private static final byte[] STATIC_CALL = ascii("__SCT__");
    /** What is seldom run of a function, which the compiler has put elsewhere. */
    private static final byte[] COLD = ascii(".cold");
    /** Where sections begin and end (arch/x86/kernel/vmlinux.lds.S). */
    private static final byte[][] SECTION_ENDS = {ascii("text_start"), ascii("text_end"), ascii("_thunk_start"),
        ascii("_thunk_end"), ascii("_sinittext"), ascii("_einittext"), ascii("_stext"), ascii("_etext"), ascii("_text")};
    /** Under these names kallsyms lists code that was made at run time: of BPF programs, ftrace, kprobes. */
    private static final String MADE_BY_BPF = "bpf";
    private static final String MADE = "__builtin__";
    /** Index bits of a sort key; the first five letters stand above them. */
    private static final int INDEX_BITS = 24;
    private static final int KEY_LETTERS = 5;

    /** What the kernel gives at a time, whatever is asked for. */
    private static final int PAGE = 4096;

    private final InputStream in;
    /** Lines, of which the last may go on. */
    private byte[] text = new byte[4 * PAGE];
    /** One behind the other. */
    private byte[] names = new byte[1 << 20];
    private int namesSize;
    private int[] starts = new int[1 << 16];
    private short[] lengths = new short[1 << 16];
    private short[] modules = new short[1 << 16];
    private long[] addresses = new long[1 << 16];
    /** By index: it is code, but no function. */
    private final BitSet others = new BitSet();
    private final List<String> moduleNames = new ArrayList<>(List.of(""));
    private int count;

    KallsymsParser(InputStream in) {
        this.in = in;
    }

    Kallsyms parse() throws IOException {
        int size = 0;
        int read;
        while ((read = in.read(text, size, Math.min(PAGE, text.length - size))) > 0) {
            size += read;
            int whole = size;
            while (whole > 0 && text[whole - 1] != '\n') {
                whole--;
            }
            lines(whole);
            System.arraycopy(text, whole, text, 0, size - whole);
            size -= whole;
            if (size == text.length) {
                text = Arrays.copyOf(text, size * 2);
            }
        }
        lines(size);
        return sorted();
    }

    /** Takes what the text begins with, up to a size. */
    private void lines(int size) {
        byte[] lines = text;
        for (int at = 0; at < size;) {
            long address = 0;
            while (at < size && lines[at] != ' ') {
                int digit = lines[at++];
                // 0-9 and a-f, which is all the kernel prints.
                address = address << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
            }
            byte type = at + 1 < size ? lines[at + 1] : 0;
            at += 3;
            int start = at;
            while (at < size && lines[at] > '\n') {
                at++;
            }
            int end = at;
            while (at < size && lines[at] != '\n') {
                at++;
            }
            int length = end - start;
            if (length > 0 && length <= Short.MAX_VALUE && (type == 't' || type == 'T' || type == 'w' || type == 'W')
                    && !startsWithAny(start, PADDING)) {
                // "\t[MODULE]" stands behind the name.
                int module = at - end > 3 ? module(end + 2, at - 1) : 0;
                others.set(count, !isFunction(start, end, module));
                add(start, length, module, address);
            }
            at++;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean isFunction(int start, int end, int module) {
        if (module != 0 && !isModule(moduleNames.get(module))) {
            return false;
        }
        // .cold, and .cold.0 of older compilers
        int digits = end;
        while (digits > start && text[digits - 1] >= '0' && text[digits - 1] <= '9') {
            digits--;
        }
        int plain = digits < end && digits > start && text[digits - 1] == '.' ? digits - 1 : end;
        if (endsWith(start, plain, COLD)) {
            return false;
        }
        if (text[start] == '_') {
            boolean section = false;
            for (byte[] ending : SECTION_ENDS) {
                section |= endsWith(start, end, ending);
            }
            return !section && !startsWith(start, STATIC_CALL);
        }
        return true;
    }

    static boolean isModule(String name) {
        return !name.isEmpty() && !name.equals(MADE_BY_BPF) && !name.startsWith(MADE);
    }

    private boolean startsWithAny(int start, byte[][] prefixes) {
        if (text[start] == '_') {
            for (byte[] prefix : prefixes) {
                if (startsWith(start, prefix)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean startsWith(int start, byte[] prefix) {
        return start + prefix.length <= text.length
                && Arrays.equals(text, start, start + prefix.length, prefix, 0, prefix.length);
    }

    private boolean endsWith(int start, int end, byte[] ending) {
        return end - start >= ending.length && Arrays.equals(text, end - ending.length, end, ending, 0, ending.length);
    }

    private void add(int start, int length, int module, long address) {
        if (namesSize + length > names.length) {
            names = Arrays.copyOf(names, names.length * 2);
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            modules = Arrays.copyOf(modules, count * 2);
            addresses = Arrays.copyOf(addresses, count * 2);
        }
        System.arraycopy(text, start, names, namesSize, length);
        starts[count] = namesSize;
        namesSize += length;
        lengths[count] = (short) length;
        modules[count] = (short) module;
        addresses[count++] = address;
    }

    private int module(int from, int to) {
        // The lines of a module stand together: nearly always it is the last one again.
        String last = moduleNames.get(moduleNames.size() - 1);
        boolean same = last.length() == to - from;
        for (int i = 0; same && i < last.length(); i++) {
            same = last.charAt(i) == text[from + i];
        }
        if (same) {
            return moduleNames.size() - 1;
        }
        String name = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        int known = moduleNames.indexOf(name);
        if (known < 0) {
            moduleNames.add(name);
            known = moduleNames.size() - 1;
        }
        return known;
    }

    /** The functions in order of name, then the rest, their names one behind the other in the same order. */
    private Kallsyms sorted() {
        int functions = count - others.cardinality();
        int[] order = new int[count];
        for (int i = 0, function = 0, other = functions; i < count; i++) {
            order[others.get(i) ? other++ : function++] = i;
        }
        order(order, 0, functions);
        order(order, functions, count);
        byte[] packed = new byte[namesSize];
        int[] newStarts = new int[count];
        short[] newLengths = new short[count];
        short[] newModules = new short[count];
        long[] newAddresses = new long[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int from = order[i];
            System.arraycopy(names, starts[from], packed, at, lengths[from]);
            newStarts[i] = at;
            newLengths[i] = lengths[from];
            newModules[i] = modules[from];
            newAddresses[i] = addresses[from];
            at += lengths[from];
        }
        return new Kallsyms(packed, newStarts, newLengths, newModules, newAddresses, List.copyOf(moduleNames), functions);
    }

    /** By the first letters as numbers, which is fast, then each run of equal ones by the rest. */
    private void order(int[] order, int begin, int end) {
        long[] keys = new long[end - begin];
        for (int i = 0; i < keys.length; i++) {
            int index = order[begin + i];
            long key = 0;
            for (int j = 0; j < KEY_LETTERS; j++) {
                key = key << 8 | (j < lengths[index] ? names[starts[index] + j] & 0xff : 0);
            }
            keys[i] = key << INDEX_BITS | index;
        }
        Arrays.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            order[begin + i] = (int) keys[i] & (1 << INDEX_BITS) - 1;
        }
        int[] spare = new int[end];
        for (int from = 0; from < keys.length;) {
            int to = from + 1;
            while (to < keys.length && keys[to] >>> INDEX_BITS == keys[from] >>> INDEX_BITS) {
                to++;
            }
            sort(order, spare, begin + from, begin + to);
            from = to;
        }
    }

    /** A merge sort of indexes: no boxing, and stable, so that equal names keep their order of address. */
    private void sort(int[] order, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(order, spare, from, middle);
        sort(order, spare, middle, to);
        if (compare(order[middle - 1], order[middle]) <= 0) {
            return;
        }
        System.arraycopy(order, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = right >= to || (left < middle && compare(spare[left], spare[right]) <= 0);
            order[i] = takeLeft ? spare[left++] : spare[right++];
        }
    }

    private int compare(int one, int other) {
        // The five letters of the key are equal already, padding included.
        int skip = Math.min(KEY_LETTERS, Math.min(lengths[one], lengths[other]));
        return Arrays.compareUnsigned(names, starts[one] + skip, starts[one] + lengths[one], names, starts[other] + skip,
                starts[other] + lengths[other]);
    }
}
