// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import dev.regsh.base.errno.KernelException;
import dev.regsh.file.HeldFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** A program or library: which functions it has, and what its code is like. The file may be hostile. */
public final class ElfFile {
    private final ElfHeaders headers;
    private final String buildId;
    private final boolean isGo;
    private final ElfFunctions functions;
    private final ElfCode code;
    /** No symbol table beside that of the loader, neither in the file nor in a debug file. */
    private final boolean stripped;

    private ElfFile(FileChannel channel, Path path) throws IOException {
        ElfReader reader = new ElfReader(channel);
        headers = new ElfHeaders(reader);
        buildId = DebugFiles.buildId(reader, headers);
        isGo = headers.named(reader, Unwinding.GO_TABLE) != null;
        functions = new ElfFunctions(headers);
        functions.add(SymbolTable.read(reader, headers, ElfHeaders.DYNSYM));
        List<ElfSymbol> full = SymbolTable.read(reader, headers, ElfHeaders.SYMTAB);
        full = full.isEmpty() ? debugSymbols(reader, path) : full;
        stripped = full.isEmpty();
        functions.add(full);
        code = new ElfCode(headers, functions, isGo);
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
            // Whoever made the program may have put anything there, a pipe that never answers too.
            try (HeldFile held = HeldFile.regular(candidate.toString());
                    FileChannel channel = FileChannel.open(held.path())) {
                ElfReader debug = new ElfReader(channel);
                ElfHeaders found = new ElfHeaders(debug);
                if (DebugFiles.buildId(debug, found).equals(buildId)) {
                    return SymbolTable.read(debug, found, ElfHeaders.SYMTAB);
                }
            } catch (IOException | KernelException absent) {
                // Nearly no program has one, and none is needed.
            }
        }
        return List.of();
    }

    public ElfFunctions functions() {
        return functions;
    }

    public ElfCode code() {
        return code;
    }

    /** Whether the Go compiler has made it. */
    public boolean isGo() {
        return isGo;
    }

    /** In hex; empty: the file has none. */
    public String buildId() {
        return buildId;
    }

    /** Whether only what it exports has names. */
    public boolean stripped() {
        return stripped;
    }

    /**
     * The libraries one of which has a function that this file calls, but does not have; empty: it does not call it.
     *
     * @param opened the file
     */
    public List<String> importedFrom(Path opened, String symbol) throws IOException {
        try (FileChannel channel = FileChannel.open(opened)) {
            ElfReader reader = new ElfReader(channel);
            return Imports.names(reader, headers).contains(symbol) ? Imports.libraries(reader, headers) : List.of();
        }
    }
}
