// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file header with its segments and sections (System V gABI, 64 bits). */
final class ElfHeaders {
    static final int SYMTAB = 2;
    static final int DYNSYM = 11;
    static final int NOTE = 7;
    static final int RELA = 4;
    static final int DYNAMIC = 6;
    static final int NOBITS = 8;
    static final int GNU_VERDEF = 0x6ffffffd;
    static final int GNU_VERSYM = 0x6fffffff;

    private static final int MAGIC = 0x464c457f;
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int SECTION = 64;
    private static final int LOAD = 1;
    /** ET_EXEC. */
    private static final int FIXED = 2;
    private static final int EXECUTABLE = 1;
    private static final int INTERPRETER = 3;
    /** SHF_EXECINSTR. */
    private static final int CODE = 4;
    /** Of a section, that anybody asks for. */
    private static final int LONGEST_NAME = 32;

    record Segment(long offset, long address, long fileSize, boolean executable) {}

    /** @param address virtual, as the file is linked; 0: it is not in memory */
    record Section(int name, int type, boolean code, long address, long offset, long size, int link, long entrySize) {}

    final List<Segment> segments = new ArrayList<>();
    final List<Section> sections = new ArrayList<>();
    final Machine machine;
    /** It is started by itself; others are loaded by such. */
    final boolean program;
    /** Of the section names. */
    final int namesSection;

    ElfHeaders(ElfReader reader) throws IOException {
        ByteBuffer header;
        try {
            header = reader.read(0, HEADER, "header");
        } catch (ElfException small) {
            throw new ElfException("it is no ELF program");
        }
        if (header.getInt(0) != MAGIC) {
            throw new ElfException("it is no ELF program");
        }
        Optional<Machine> known = Machine.of(header.getShort(18) & 0xffff);
        if (header.get(4) != 2 || header.get(5) != 1 || known.isEmpty()) {
            throw new ElfException("it is a program for another machine (only 64-bit x86-64 and arm64 are served)");
        }
        machine = known.get();
        boolean starts = header.getShort(16) == FIXED;
        int segmentCount = header.getShort(56) & 0xffff;
        ByteBuffer table = reader.read(header.getLong(32), (long) segmentCount * SEGMENT, "program header table");
        for (int at = 0; at < segmentCount * SEGMENT; at += SEGMENT) {
            starts |= table.getInt(at) == INTERPRETER;
            if (table.getInt(at) == LOAD) {
                segments.add(new Segment(table.getLong(at + 8), table.getLong(at + 16), table.getLong(at + 32),
                        (table.getInt(at + 4) & EXECUTABLE) != 0));
            }
        }
        program = starts;
        // A program runs without sections; then there are none to read.
        int sectionCount = header.getLong(40) == 0 ? 0 : header.getShort(60) & 0xffff;
        namesSection = header.getShort(62) & 0xffff;
        table = reader.read(header.getLong(40), (long) sectionCount * SECTION, "section header table");
        for (int at = 0; at < sectionCount * SECTION; at += SECTION) {
            sections.add(new Section(table.getInt(at), table.getInt(at + 4), (table.getLong(at + 8) & CODE) != 0,
                    table.getLong(at + 16), table.getLong(at + 24),
                    table.getLong(at + 32), table.getInt(at + 40), table.getLong(at + 56)));
        }
    }

    /** By its name; null: there is none, or the file has lost its section names. */
    @Nullable
    Section named(ElfReader reader, String name) throws IOException {
        if (namesSection >= sections.size()) {
            return null;
        }
        Section table = sections.get(namesSection);
        ByteBuffer names = reader.read(table.offset(), table.size(), "section names");
        for (Section section : sections) {
            if (SymbolTable.string(names, section.name(), LONGEST_NAME).equals(name)) {
                return section;
            }
        }
        return null;
    }

    @Nullable
    Section section(int type) {
        return sections.stream().filter(section -> section.type() == type).findFirst().orElse(null);
    }

    /** Whether there is code at an address, and not data that lies in one segment with it; true where no section says. */
    boolean code(long address) {
        return sections.stream().noneMatch(Section::code) || sections.stream().anyMatch(section -> section.code()
                && address >= section.address() && address < section.address() + section.size());
    }

    /** Where the code at a virtual address stands in the file; -1: in no executable segment. */
    long fileOffset(long address) {
        for (Segment segment : segments) {
            long within = address - segment.address();
            if (segment.executable() && within >= 0 && within < segment.fileSize()) {
                return segment.offset() + within;
            }
        }
        return -1;
    }

    /** The virtual address of the code at an offset in the file; -1: there is none in memory. */
    long address(long fileOffset) {
        for (Segment segment : segments) {
            long within = fileOffset - segment.offset();
            if (segment.executable() && within >= 0 && within < segment.fileSize()) {
                return segment.address() + within;
            }
        }
        return -1;
    }
}
