// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that the loader puts into the file's pointers when the program starts, and the stubs that jump by them. */
final class Imports {
    private static final int ENTRY = 24;
    private static final int SYMBOL = 24;
    private static final int LONGEST_NAME = 1 << 12;
    private static final int MOST = 1 << 20;
    private static final int TAG = 16;
    private static final int NEEDED = 1;

    private final Map<Long, String> nameBySlot = new HashMap<>();
    private final Map<Long, Long> resolverBySlot = new HashMap<>();
    private final List<ElfHeaders.Section> stubs = new ArrayList<>();

    Imports(ElfReader reader, ElfHeaders headers) throws IOException {
        for (String name : new String[] {".plt", ".plt.sec", ".plt.got"}) {
            ElfHeaders.Section section = headers.named(reader, name);
            if (section != null) {
                stubs.add(section);
            }
        }
        for (ElfHeaders.Section section : headers.sections) {
            if (section.type() == ElfHeaders.RELA && section.address() != 0) {
                read(reader, headers, section);
            }
        }
    }

    private void read(ElfReader reader, ElfHeaders headers, ElfHeaders.Section section) throws IOException {
        ByteBuffer entries = reader.read(section.offset(), section.size(), "relocations");
        ElfHeaders.Section table = headers.section(ElfHeaders.DYNSYM);
        ByteBuffer symbols = table == null ? ByteBuffer.allocate(0) : reader.read(table.offset(), table.size(), "symbol table");
        ByteBuffer names = table == null ? symbols : SymbolTable.strings(reader, headers, table);
        Machine machine = headers.machine;
        for (int at = 0; at + ENTRY <= entries.limit() && nameBySlot.size() < MOST; at += ENTRY) {
            int type = entries.getInt(at + 8);
            long symbol = (entries.getInt(at + 12) & 0xffffffffL) * SYMBOL;
            if (type == machine.indirectRelocation && resolverBySlot.size() < MOST) {
                resolverBySlot.put(entries.getLong(at), entries.getLong(at + 16));
            }
            boolean named = type == machine.addressRelocation || type == machine.pointerRelocation
                    || type == machine.stubRelocation;
            if (named && symbol > 0 && symbol + SYMBOL <= symbols.limit()) {
                nameBySlot.put(entries.getLong(at), SymbolTable.string(names, symbols.getInt((int) symbol), LONGEST_NAME));
            }
        }
    }

    /** Of all functions and data that other files are to define. */
    static Set<String> names(ElfReader reader, ElfHeaders headers) throws IOException {
        ElfHeaders.Section table = headers.section(ElfHeaders.DYNSYM);
        if (table == null) {
            return Set.of();
        }
        ByteBuffer symbols = reader.read(table.offset(), table.size(), "symbol table");
        ByteBuffer names = SymbolTable.strings(reader, headers, table);
        Set<String> found = new HashSet<>();
        for (int at = SYMBOL; at + SYMBOL <= symbols.limit(); at += SYMBOL) {
            if (symbols.getShort(at + 6) == 0) {
                found.add(SymbolTable.string(names, symbols.getInt(at), LONGEST_NAME));
            }
        }
        return found;
    }

    /** The libraries that the loader loads with it, by the names it looks them up by (DT_NEEDED). */
    static List<String> libraries(ElfReader reader, ElfHeaders headers) throws IOException {
        ElfHeaders.Section dynamic = headers.section(ElfHeaders.DYNAMIC);
        if (dynamic == null) {
            return List.of();
        }
        ByteBuffer entries = reader.read(dynamic.offset(), dynamic.size(), "dynamic section");
        ByteBuffer names = SymbolTable.strings(reader, headers, dynamic);
        List<String> libraries = new ArrayList<>();
        for (int at = 0; at + TAG <= entries.limit(); at += TAG) {
            if (entries.getLong(at) == NEEDED) {
                libraries.add(SymbolTable.string(names, (int) entries.getLong(at + 8), LONGEST_NAME));
            }
        }
        return libraries;
    }

    /** The function whose address the loader writes there; empty: none that is known. */
    String atSlot(long address) {
        return nameBySlot.getOrDefault(address, "");
    }

    /** The code that chooses the function whose address is there; null: it is no such place. */
    @Nullable
    Long resolverAtSlot(long address) {
        return resolverBySlot.get(address);
    }

    /** Whether a stub is there, which jumps by a slot. */
    boolean isStub(long address) {
        return stubs.stream().anyMatch(section -> address >= section.address() && address < section.address() + section.size());
    }
}
