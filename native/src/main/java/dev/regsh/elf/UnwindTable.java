// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of code that .eh_frame knows: each is a function, or a part of one that the compiler has put elsewhere. It is there in
 * stripped files too (Linux Standard Base, Core, Exception Frames; DWARF 5, section 6.4).
 */
final class UnwindTable {
    private static final int ABSOLUTE = 0;
    private static final int ULEB = 1;
    private static final int OMITTED = 0xff;
    private static final int PC_RELATIVE = 0x10;
    // DW_CFA_advance_loc1, 2 and 4; the short one is in the upper bits.
    private static final int STEP_8 = 2;
    private static final int STEP_16 = 3;
    private static final int STEP_32 = 4;
    private static final Common OTHER = new Common(OMITTED, false, 1, new int[2]);

    /**
     * @param encoding of the addresses of pieces
     * @param augmented pieces have more data before their instructions
     * @param codeUnit in bytes
     * @param instructions where they begin and end in the data
     */
    record Common(int encoding, boolean augmented, long codeUnit, int[] instructions) {}

    private static final int MOST_PIECES = (int) (ElfReader.LARGEST / 100);

    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    /**
     * @param moved the stack is not as at a function's entry where it begins: it is a part of one, moved away
     * @param instructions where they begin and end in the data
     */
    record Piece(long begin, long end, boolean moved, Common common, int[] instructions) {}

    private final Machine machine;
    private final ByteBuffer data;
    private final long address;

    private UnwindTable(Machine machine, ByteBuffer data, long address) {
        this.machine = machine;
        this.data = data;
        this.address = address;
    }

    /** Empty where the file has none, or one that cannot be read to its end: then as far as it goes. */
    static UnwindTable read(ElfReader reader, ElfHeaders headers) throws IOException {
        ElfHeaders.Section section = headers.named(reader, ".eh_frame");
        if (section == null || section.type() == ElfHeaders.NOBITS) {
            return new UnwindTable(headers.machine, ByteBuffer.allocate(0), 0);
        }
        UnwindTable table = new UnwindTable(headers.machine,
                reader.read(section.offset(), section.size(), "unwind table"), section.address());
        try {
            table.parse();
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            // What was read before is as good as the file is.
        }
        return table;
    }

    /** The piece that holds the address; null: it is in none. */
    @Nullable
    Piece holding(long code) {
        Map.Entry<Long, Piece> entry = pieces.floorEntry(code);
        return entry == null || code >= entry.getValue().end() ? null : entry.getValue();
    }

    /** Whether the stack pointer at an address is where it was at its function's entry; empty: the table does not say. */
    Optional<Boolean> stackAsAtEntry(long code) {
        Piece piece = holding(code);
        return piece == null ? Optional.empty()
                : CallFrame.asAtEntry(machine, data, piece.common().instructions(), piece.instructions(),
                        piece.common().codeUnit(), piece.begin(), code);
    }

    private void parse() {
        Map<Integer, Common> common = new HashMap<>();
        while (data.remaining() >= 4 && pieces.size() < MOST_PIECES) {
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
                common.put(begin, common(next));
            } else {
                piece(common.getOrDefault(body - id, OTHER), next);
            }
            data.position(next);
        }
    }

    /** What pieces have in common. */
    private Common common(int end) {
        int version = data.get();
        StringBuilder augmentation = new StringBuilder();
        for (int c = data.get(); c != 0; c = data.get()) {
            augmentation.append((char) c);
        }
        long codeUnit = leb();
        leb();
        if (version == 1) {
            data.get();
        } else {
            leb();
        }
        if (augmentation.length() == 0 || augmentation.charAt(0) != 'z') {
            return augmentation.length() == 0 ? new Common(ABSOLUTE, false, codeUnit, new int[] {data.position(), end}) : OTHER;
        }
        int behind = (int) leb();
        behind += data.position();
        int encoding = ABSOLUTE;
        for (int i = 1; i < augmentation.length(); i++) {
            switch (augmentation.charAt(i)) {
                case 'R' -> encoding = data.get() & 0xff;
                case 'L' -> data.get();
                case 'P' -> number(data.get() & 0x0f);
                case 'S', 'B', 'G' -> {}
                default -> {
                    return OTHER;
                }
            }
        }
        return new Common(encoding, true, codeUnit, new int[] {behind, end});
    }

    private void piece(Common common, int end) {
        int encoding = common.encoding();
        if (encoding == OMITTED || ((encoding & 0xf0) != 0 && (encoding & 0xf0) != PC_RELATIVE)) {
            return;
        }
        long from = address + data.position();
        long begin = number(encoding & 0x0f) + ((encoding & 0xf0) == PC_RELATIVE ? from : 0);
        // A length has no sign.
        long length = number(encoding & 0x07);
        if (length > 0 && begin + length > begin) {
            if (common.augmented()) {
                int bytes = (int) leb();
                data.position(data.position() + bytes);
            }
            int[] instructions = {data.position(), end};
            // Nothing, or a step forward: the stack is still as the common data have it, as at an entry.
            int first = data.position() < end ? data.get() & 0xff : 0;
            Piece piece = new Piece(begin, begin + length, first != 0 && first >> 6 != 1 && first != STEP_8 && first != STEP_16
                    && first != STEP_32, common, instructions);
            pieces.merge(begin, piece, (one, other) -> one.end() >= other.end() ? one : other);
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
        return leb(data);
    }

    /** A number in base 128, without its sign. */
    static long leb(ByteBuffer data) {
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
