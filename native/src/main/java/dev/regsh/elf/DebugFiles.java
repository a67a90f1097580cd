// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Where the symbols of a stripped program may stand apart from it, as GDB looks: by build id, then by .gnu_debuglink. */
final class DebugFiles {
    private static final Path FOLDER = Path.of("/usr/lib/debug");
    private static final int BUILD_ID = 3;
    private static final int GNU = 0x00554e47;
    /** Of a note or link, in bytes: enough for any real one, however large a section claims to be. */
    private static final int ENOUGH = 4096;

    private DebugFiles() {}

    /** The build id in hex; empty: none. */
    static String buildId(ElfReader reader, ElfHeaders headers) throws IOException {
        for (ElfHeaders.Section section : headers.sections) {
            if (section.type() != ElfHeaders.NOTE) {
                continue;
            }
            ByteBuffer note = begin(reader, section, "note section");
            if (note.limit() >= 16 && note.getInt(0) == 4 && note.getInt(8) == BUILD_ID && note.getInt(12) == GNU) {
                int length = note.getInt(4);
                if (length > 1 && length <= 64 && length <= note.limit() - 16) {
                    return HexFormat.of().formatHex(note.array(), 16, 16 + length);
                }
            }
        }
        return "";
    }

    private static ByteBuffer begin(ElfReader reader, ElfHeaders.Section section, String what) throws IOException {
        return reader.read(section.offset(), Math.min(section.size(), ENOUGH), what);
    }

    static List<Path> candidates(ElfReader reader, ElfHeaders headers, Path program) throws IOException {
        List<Path> found = new ArrayList<>();
        String id = buildId(reader, headers);
        if (!id.isEmpty()) {
            found.add(FOLDER.resolve(".build-id").resolve(id.substring(0, 2)).resolve(id.substring(2) + ".debug"));
        }
        String link = debugLink(reader, headers);
        Path folder = program.toAbsolutePath().getParent();
        if (!link.isEmpty() && folder != null) {
            found.add(folder.resolve(link));
            found.add(folder.resolve(".debug").resolve(link));
            found.add(Path.of(FOLDER + folder.toString()).resolve(link));
        }
        return found;
    }

    private static String debugLink(ElfReader reader, ElfHeaders headers) throws IOException {
        ElfHeaders.Section section = headers.named(reader, ".gnu_debuglink");
        String name = section == null ? "" : SymbolTable.string(begin(reader, section, "debug link"), 0, ENOUGH);
        // A file name, not a path: a forged one must not lead elsewhere.
        return name.contains("/") || name.startsWith(".") ? "" : name;
    }
}
