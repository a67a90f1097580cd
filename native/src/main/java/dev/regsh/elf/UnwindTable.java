// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pieces of code that .eh_frame knows: each is a function, or a part of one that the compiler has put elsewhere. It is there in
 * stripped files too (Linux Standard Base, Core, Exception Frames; DWARF 5, section 6.4).
 */
final class UnwindTable {
    private static final int ABSOLUTE = 0;
    private static final int ULEB = 1;
    private static final int OMITTED = 0xff;
    private static final int PC_RELATIVE = 0x10;
    private static final int MOST_PIECES = (int) (ElfReader.LARGEST / 100);

    private final TreeMap<Long, Long> endByBegin = new TreeMap<>();
    private final ByteBuffer data;
    private final long address;

    private UnwindTable(ByteBuffer data, long address) {
        this.data = data;
        this.address = address;
    }

    /** Empty where the file has none, or one that cannot be read to its end: then as far as it goes. */
    static UnwindTable read(ElfReader reader, ElfHeaders headers) throws IOException {
        ElfHeaders.Section section = headers.named(reader, ".eh_frame");
        if (section == null || section.type() == ElfHeaders.NOBITS) {
            return new UnwindTable(ByteBuffer.allocate(0), 0);
        }
        UnwindTable table = new UnwindTable(reader.read(section.offset(), section.size(), "unwind table"), section.address());
        try {
            table.parse();
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            // What was read before is as good as the file is.
        }
        return table;
    }

    /** The piece that holds the address: where it begins and ends; null: it is in none. */
    Map.Entry<Long, Long> holding(long code) {
        Map.Entry<Long, Long> entry = endByBegin.floorEntry(code);
        return entry == null || code >= entry.getValue() ? null : entry;
    }

    boolean isEmpty() {
        return endByBegin.isEmpty();
    }

    private void parse() {
        Map<Integer, Integer> encodings = new HashMap<>();
        while (data.remaining() >= 4 && endByBegin.size() < MOST_PIECES) {
            int begin = data.position();
            long length = data.getInt() & 0xffffffffL;
            if (length == 0xffffffffL) {
                length = data.getLong();
            }
            if (length == 0) {
                // The end; a linker may have left one in the middle.
                continue;
            }
            int body = data.position();
            if (length < 4 || length > data.remaining()) {
                return;
            }
            int next = body + (int) length;
            int id = data.getInt();
            if (id == 0) {
                encodings.put(begin, pointerEncoding());
            } else {
                piece(encodings.getOrDefault(body - id, OMITTED));
            }
            data.position(next);
        }
    }

    /** Of the addresses of the pieces that share these common data. */
    private int pointerEncoding() {
        int version = data.get();
        StringBuilder augmentation = new StringBuilder();
        for (int c = data.get(); c != 0; c = data.get()) {
            augmentation.append((char) c);
        }
        leb();
        leb();
        if (version == 1) {
            data.get();
        } else {
            leb();
        }
        if (augmentation.length() == 0 || augmentation.charAt(0) != 'z') {
            return augmentation.length() == 0 ? ABSOLUTE : OMITTED;
        }
        leb();
        for (int i = 1; i < augmentation.length(); i++) {
            switch (augmentation.charAt(i)) {
                case 'R' -> {
                    return data.get() & 0xff;
                }
                case 'L' -> data.get();
                case 'P' -> number(data.get() & 0x0f);
                case 'S', 'B', 'G' -> { }
                default -> {
                    return OMITTED;
                }
            }
        }
        return ABSOLUTE;
    }

    private void piece(int encoding) {
        if (encoding == OMITTED || (encoding & 0xf0) != 0 && (encoding & 0xf0) != PC_RELATIVE) {
            return;
        }
        long from = address + data.position();
        long begin = number(encoding & 0x0f) + ((encoding & 0xf0) == PC_RELATIVE ? from : 0);
        // A length has no sign.
        long length = number(encoding & 0x07);
        if (length > 0 && begin + length > begin) {
            endByBegin.merge(begin, begin + length, Math::max);
        }
    }

    private long number(int format) {
        return switch (format) {
            case 0, 4, 12 -> data.getLong();
            case 2 -> data.getShort() & 0xffffL;
            case 3 -> data.getInt() & 0xffffffffL;
            case 10 -> data.getShort();
            case 11 -> data.getInt();
            case ULEB -> leb();
            default -> throw new IllegalArgumentException("format " + format);
        };
    }

    private long leb() {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte each = data.get();
            if (shift < 64) {
                value |= (each & 0x7fL) << shift;
            }
            if (each >= 0) {
                return value;
            }
        }
    }
}
