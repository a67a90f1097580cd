// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One file of BTF as bytes: where each of its types begins, and its strings. Layout: Documentation/bpf/btf.rst. One pass
 * over the types finds their places; nothing else is made until it is asked for.
 */
final class BtfData {
    private static final int MAGIC = 0xeb9f;
    /** name_off, info, size or type. */
    private static final int HEAD = 12;
    private static final int[] BYTES_OF_ENTRY = {0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12};
    private static final int[] BYTES_AFTER = {0, 4, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0};

    private final byte[] bytes;
    private final int strings;
    private final int stringsSize;
    private final int[] places;
    private final int count;

    BtfData(byte[] file) {
        bytes = file;
        if (file.length < 24 || (word(0) & 0xffff) != MAGIC) {
            throw new BtfException("no BTF header");
        }
        long header = word(4) & 0xffffffffL;
        long types = header + (word(8) & 0xffffffffL);
        long typesEnd = types + (word(12) & 0xffffffffL);
        long stringsStart = header + (word(16) & 0xffffffffL);
        long stringsLength = word(20) & 0xffffffffL;
        if (header < 24 || typesEnd > file.length || stringsStart + stringsLength > file.length || stringsLength == 0
                || file[(int) (stringsStart + stringsLength - 1)] != 0) {
            throw new BtfException("sections that do not fit the file");
        }
        strings = (int) stringsStart;
        stringsSize = (int) stringsLength;
        int[] found = new int[(int) ((typesEnd - types) / 24) + 16];
        int number = 0;
        int at = (int) types;
        while (at < typesEnd) {
            if (at + HEAD > typesEnd) {
                throw new BtfException("a type that is cut off");
            }
            if (number == found.length) {
                found = Arrays.copyOf(found, number * 2);
            }
            found[number++] = at;
            at += bytesOfType(at);
        }
        if (at != typesEnd) {
            throw new BtfException("a type that is cut off");
        }
        places = found;
        count = number;
    }

    // A method of its own, as other small bodies of long loops here: a cold JVM compiles a method long before a loop.
    private int bytesOfType(int at) {
        int info = word(at + 4);
        int kind = Kind.of(info >>> 24 & 0x1f).ordinal();
        return HEAD + BYTES_AFTER[kind] + (info & 0xffff) * BYTES_OF_ENTRY[kind];
    }

    int count() {
        return count;
    }

    int stringsSize() {
        return stringsSize;
    }

    /** Where the type begins, for {@link #word}. */
    int place(int index) {
        return places[index];
    }

    /**
     * Little-endian, as both architectures of regsh are. Put together by hand: this runs a million times in a cold JVM, where
     * a ByteBuffer's checks cost a multiple.
     */
    int word(int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    String string(int offset) {
        int start = checked(offset);
        int end = start;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The same for equal strings, here and in {@link #hash(byte[])}. */
    int hash(int offset) {
        int hash = 0;
        for (int at = checked(offset); bytes[at] != 0; at++) {
            hash = hash * 31 + bytes[at];
        }
        return mixed(hash);
    }

    static int hash(byte[] name) {
        int hash = 0;
        for (byte letter : name) {
            hash = hash * 31 + letter;
        }
        return mixed(hash);
    }

    private static int mixed(int hash) {
        return (hash * 0x9e3779b9) >>> 8;
    }

    boolean isString(int offset, byte[] name) {
        int start = checked(offset);
        int end = start + name.length;
        return end < strings + stringsSize && bytes[end] == 0 && Arrays.equals(bytes, start, end, name, 0, name.length);
    }

    private int checked(int offset) {
        if (offset < 0 || offset >= stringsSize) {
            throw new BtfException("a name outside its strings");
        }
        return strings + offset;
    }
}
