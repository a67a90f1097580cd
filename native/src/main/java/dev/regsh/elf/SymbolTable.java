// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions of one symbol table (.symtab or .dynsym), with their versions. */
final class SymbolTable {
    private static final int ENTRY = 24;
    private static final int FUNCTION = 2;
    private static final int INDIRECT = 10;
    private static final int HIDDEN = 0x8000;
    /** Longer names are no names. */
    private static final int LONGEST_NAME = 1 << 16;
    private static final int LONGEST_VERSION = 256;
    /** An index of a version has 15 bits. */
    private static final int MOST_VERSIONS = 1 << 15;
    /** What a symbol takes in memory beside its name, about. */
    private static final int SYMBOL_BYTES = 200;

    private SymbolTable() {}

    static List<ElfSymbol> read(ElfReader reader, ElfHeaders headers, int type) throws IOException {
        ElfHeaders.Section table = headers.section(type);
        if (table == null) {
            return List.of();
        }
        ByteBuffer entries = reader.read(table.offset(), table.size(), "symbol table");
        ByteBuffer names = strings(reader, headers, table);
        boolean versioned = type == ElfHeaders.DYNSYM;
        ElfHeaders.Section versym = versioned ? headers.section(ElfHeaders.GNU_VERSYM) : null;
        ByteBuffer versions = versym == null ? null : reader.read(versym.offset(), versym.size(), "version table");
        Map<Integer, String> versionNames = versioned ? versionNames(reader, headers) : Map.of();
        List<ElfSymbol> symbols = new ArrayList<>();
        long taken = 0;
        for (int at = 0; at + ENTRY <= entries.limit(); at += ENTRY) {
            int kind = entries.get(at + 4) & 0xf;
            boolean defined = entries.getShort(at + 6) != 0;
            if (!defined || (kind != FUNCTION && kind != INDIRECT)) {
                continue;
            }
            String name = string(names, entries.getInt(at), LONGEST_NAME);
            // Many symbols may share one long name in the file, but not in memory.
            taken += SYMBOL_BYTES + name.length();
            if (taken > ElfReader.LARGEST) {
                throw new ElfException("it has too many functions for the memory regsh has (" + symbols.size() + " read)");
            }
            int version = versions != null && at / ENTRY * 2 + 2 <= versions.limit()
                    ? versions.getShort(at / ENTRY * 2) & 0xffff : 0;
            String versionName = versionNames.getOrDefault(version & ~HIDDEN, "");
            boolean hidden = (version & HIDDEN) != 0;
            // .symtab writes versions into the name: name@OLD, name@@DEFAULT.
            int mark = name.indexOf('@');
            if (mark > 0) {
                hidden = !name.startsWith("@@", mark);
                versionName = name.substring(mark + (hidden ? 1 : 2));
                name = name.substring(0, mark);
            }
            if (!name.isEmpty()) {
                symbols.add(new ElfSymbol(name, versionName, hidden, entries.getLong(at + 8), entries.getLong(at + 16),
                        kind == INDIRECT));
            }
        }
        return symbols;
    }

    /** The versions this library defines, by index (.gnu.version_d). */
    private static Map<Integer, String> versionNames(ElfReader reader, ElfHeaders headers) throws IOException {
        Map<Integer, String> found = new HashMap<>();
        ElfHeaders.Section section = headers.section(ElfHeaders.GNU_VERDEF);
        if (section == null) {
            return found;
        }
        ByteBuffer data = reader.read(section.offset(), section.size(), "version definitions");
        ByteBuffer names = strings(reader, headers, section);
        int at = 0;
        for (int count = 0; count < MOST_VERSIONS && at + 20 <= data.limit(); count++) {
            int index = data.getShort(at + 4) & 0x7fff;
            long auxiliary = at + (data.getInt(at + 12) & 0xffffffffL);
            if (auxiliary + 8 <= data.limit()) {
                found.put(index, string(names, data.getInt((int) auxiliary), LONGEST_VERSION));
            }
            int next = data.getInt(at + 16);
            // Forward only, or a forged chain would go round for ever.
            if (next <= 0 || next > data.limit() - at) {
                break;
            }
            at += next;
        }
        return found;
    }

    static ByteBuffer strings(ElfReader reader, ElfHeaders headers, ElfHeaders.Section of) throws IOException {
        if (of.link() <= 0 || of.link() >= headers.sections.size()) {
            throw new ElfException("a table has no strings");
        }
        ElfHeaders.Section section = headers.sections.get(of.link());
        return reader.read(section.offset(), section.size(), "string table");
    }

    /** At most so many bytes of it; empty where the offset is no good. */
    static String string(ByteBuffer strings, int offset, int longest) {
        int end = offset;
        while (end >= 0 && end < strings.limit() && end - offset < longest && strings.get(end) != 0) {
            end++;
        }
        return end <= offset ? "" : new String(strings.array(), offset, end - offset, StandardCharsets.UTF_8);
    }
}
