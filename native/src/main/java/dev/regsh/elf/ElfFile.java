// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import dev.regsh.text.EditDistance;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions of a program or library, and where they stand in the file. The file may be hostile. Immutable. */
public final class ElfFile {
    private final ElfHeaders headers;
    private final String buildId;
    private final Map<String, List<ElfSymbol>> byName = new HashMap<>();

    private ElfFile(FileChannel channel, Path path) throws IOException {
        ElfReader reader = new ElfReader(channel);
        headers = new ElfHeaders(reader);
        buildId = DebugFiles.buildId(reader, headers);
        add(SymbolTable.read(reader, headers, ElfHeaders.DYNSYM));
        List<ElfSymbol> full = SymbolTable.read(reader, headers, ElfHeaders.SYMTAB);
        add(full.isEmpty() ? debugSymbols(reader, path) : full);
    }

    /**
     * Reads a file.
     *
     * @param path the name of the file for finding its debug file
     * @param opened what to read; it may be a held descriptor of the same file
     * @throws IOException an {@link ElfException} where it is no program for this machine or is damaged
     */
    public static ElfFile read(Path path, Path opened) throws IOException {
        try (FileChannel channel = FileChannel.open(opened)) {
            return new ElfFile(channel, path);
        }
    }

    private List<ElfSymbol> debugSymbols(ElfReader reader, Path path) throws IOException {
        for (Path candidate : DebugFiles.candidates(reader, headers, path)) {
            try (FileChannel channel = FileChannel.open(candidate)) {
                ElfReader debug = new ElfReader(channel);
                ElfHeaders found = new ElfHeaders(debug);
                if (DebugFiles.buildId(debug, found).equals(buildId)) {
                    return SymbolTable.read(debug, found, ElfHeaders.SYMTAB);
                }
            } catch (IOException absent) {
                // Nearly no program has one, and none is needed.
            }
        }
        return List.of();
    }

    private void add(List<ElfSymbol> symbols) {
        for (ElfSymbol symbol : symbols) {
            List<ElfSymbol> same = byName.computeIfAbsent(symbol.name(), name -> new ArrayList<>(1));
            if (same.stream().noneMatch(s -> s.address() == symbol.address())) {
                same.add(symbol);
            }
        }
    }

    /** In hex; empty: the file has none. */
    public String buildId() {
        return buildId;
    }

    /** Every function of the name, of whatever version. */
    public List<ElfSymbol> named(String name) {
        return List.copyOf(byName.getOrDefault(name, List.of()));
    }

    /**
     * The function a rule means: {@code name@VERSION} is that version, {@code name} the one new programs get.
     *
     * @throws ElfException if several different ones could be meant
     */
    public Optional<ElfSymbol> find(String symbol) throws ElfException {
        int mark = symbol.indexOf('@');
        String name = mark < 0 ? symbol : symbol.substring(0, mark);
        String version = mark < 0 ? "" : symbol.substring(symbol.lastIndexOf('@') + 1);
        List<ElfSymbol> found = named(name).stream()
                .filter(s -> version.isEmpty() ? !s.hidden() : s.version().equals(version)).toList();
        if (found.isEmpty() && version.isEmpty()) {
            found = named(name);
        }
        if (found.size() > 1) {
            throw new ElfException("it has " + found.size() + " functions named " + name + ": pick one by its file offset: "
                    + String.join(", ", found.stream().map(s -> "+0x" + Long.toHexString(headers.fileOffset(s.address()))
                            + (s.version().isEmpty() ? "" : " (" + s.version() + ")")).toList()));
        }
        return found.stream().findFirst();
    }

    /**
     * Where a function's code begins in the file.
     *
     * @throws ElfException if there is none: an IFUNC, or no code
     */
    public long fileOffset(ElfSymbol symbol) throws ElfException {
        if (symbol.indirect()) {
            List<String> bodies = startingWith("__" + symbol.name() + "_", 6);
            throw new ElfException(symbol.name() + " is an IFUNC: what runs is chosen when the program starts"
                    + (bodies.isEmpty() ? "" : "; its bodies are " + String.join(", ", bodies)));
        }
        long offset = headers.fileOffset(symbol.address());
        if (offset < 0) {
            throw new ElfException(symbol.name() + " lies in no executable segment");
        }
        return offset;
    }

    /** The names that begin so, in order. */
    public List<String> startingWith(String prefix, int most) {
        return byName.keySet().stream().filter(name -> name.startsWith(prefix)).sorted().limit(most).toList();
    }

    /** The names most like this one, best first. */
    public List<String> nearest(String name, int most) {
        return EditDistance.nearest(name, new LinkedHashSet<>(byName.keySet()), most);
    }
}
