// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import dev.regsh.base.errno.KernelException;
import dev.regsh.file.HeldFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The functions of a program or library, and where they stand in the file. The file may be hostile. */
public final class ElfFile {
    private static final long LONGEST_WALK = 1 << 20;
    /** One of them could not be picked anyhow. */
    private static final int MOST_OF_A_NAME = 256;
    private static final int SHOWN = 8;
    private static final Pattern COLD = Pattern.compile("\\.cold(\\.\\d+)?$");
    private static final byte[] LANDING_PAD = {(byte) 0xf3, 0x0f, 0x1e, (byte) 0xfa};

    private final ElfHeaders headers;
    private final String buildId;
    private final boolean isGo;
    private final Map<String, List<ElfSymbol>> byName = new HashMap<>();
    /** No symbol table beside that of the loader, neither in the file nor in a debug file. */
    private final boolean stripped;
    private CppNames cpp;
    private CodeRanges ranges;
    private Imports imports;

    private ElfFile(FileChannel channel, Path path) throws IOException {
        ElfReader reader = new ElfReader(channel);
        headers = new ElfHeaders(reader);
        buildId = DebugFiles.buildId(reader, headers);
        isGo = headers.named(reader, Unwinding.GO_TABLE) != null;
        add(SymbolTable.read(reader, headers, ElfHeaders.DYNSYM));
        List<ElfSymbol> full = SymbolTable.read(reader, headers, ElfHeaders.SYMTAB);
        full = full.isEmpty() ? debugSymbols(reader, path) : full;
        stripped = full.isEmpty();
        add(full);
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

    private void add(List<ElfSymbol> symbols) {
        for (ElfSymbol symbol : symbols) {
            List<ElfSymbol> same = byName.computeIfAbsent(symbol.name(), name -> new ArrayList<>(1));
            if (same.size() < MOST_OF_A_NAME && same.stream().noneMatch(s -> s.address() == symbol.address())) {
                same.add(symbol);
            }
        }
    }

    /** Whether the Go compiler has made it. */
    public boolean isGo() {
        return isGo;
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
     * The function a rule means: {@code name@VERSION} is that version, {@code name} the one new programs get. A C++ name may
     * be the mangled one, or the written one with or without its parameters.
     *
     * @throws ElfException if several different ones could be meant
     */
    public Optional<ElfSymbol> find(String symbol) throws ElfException {
        Optional<ElfSymbol> found = findLinked(symbol);
        if (found.isPresent()) {
            return found;
        }
        List<String> written = cpp().named(symbol);
        Map<Long, ElfSymbol> different = new HashMap<>();
        for (String name : written) {
            // A constructor has several names for one place.
            findLinked(cpp().mangled(name)).ifPresent(each -> different.putIfAbsent(each.address(), each));
        }
        if (different.size() > 1) {
            throw new ElfException("it has " + different.size() + " functions named " + symbol + ": pick one, quoted: "
                    + String.join("; ", written.subList(0, Math.min(SHOWN, written.size()))));
        }
        return different.values().stream().findFirst();
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

    /** Names in Rust's newer mangling, which are not decoded, that have every part of a written name. */
    public List<String> rustNames(String written, int most) {
        List<String> parts = Arrays.stream(written.split("::")).filter(part -> part.matches("\\w+"))
                .map(part -> part.length() + part).toList();
        return parts.isEmpty() ? List.of() : byName.keySet().stream()
                .filter(name -> name.startsWith("_R") && parts.stream().allMatch(name::contains)).sorted().limit(most).toList();
    }

    private synchronized CppNames cpp() {
        if (cpp == null) {
            cpp = new CppNames(byName.keySet());
        }
        return cpp;
    }

    private Optional<ElfSymbol> findLinked(String symbol) throws ElfException {
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
                    + String.join(", ", found.stream().limit(SHOWN)
                            .map(s -> "+0x" + Long.toHexString(headers.fileOffset(s.address()))
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

    /**
     * Makes sure that an instruction begins at an offset from a function's beginning, as far as the code before it can be read.
     *
     * @param opened the file
     * @param begin of the function, in the file
     * @throws ElfException if the offset is in the middle of an instruction
     */
    public void checkInstruction(Path opened, long begin, long offset) throws IOException {
        checkInstruction(opened, begin, offset, 0);
    }

    /** The same of an offset in the file, as far as the functions known say where instructions begin. */
    public void checkInstruction(Path opened, long fileOffset) throws IOException {
        long address = address(fileOffset);
        CodeRanges.Range range;
        try (FileChannel channel = FileChannel.open(opened)) {
            range = ranges(new ElfReader(channel)).holding(address);
        }
        if (range != null) {
            long within = address - range.begin();
            checkInstruction(opened, fileOffset - within, within, fileOffset - within);
        }
    }

    /** @param shown what an offset of 0 is called */
    private void checkInstruction(Path opened, long begin, long offset, long shown) throws IOException {
        if (!headers.x86 || offset > LONGEST_WALK) {
            return;
        }
        byte[] code;
        try (FileChannel channel = FileChannel.open(opened)) {
            code = new ElfReader(channel).read(begin, Math.min(offset + 16, channel.size() - begin), "code").array();
        }
        int at = 0;
        while (at < offset) {
            int length = X86Instruction.length(code, at);
            if (length < 0) {
                return;
            }
            if (at + length > offset) {
                throw new ElfException(String.format("+0x%x is in the middle of an instruction: they begin at +0x%x and +0x%x",
                        shown + offset, shown + at, shown + at + length));
            }
            at += length;
        }
    }

    /** Where the code at a virtual address stands in the file. */
    long offset(long address) {
        return headers.fileOffset(address);
    }

    /**
     * Where the function at an address returns.
     *
     * @param chosen where in the file the function is that an IFUNC has become; empty: not known
     */
    public FunctionReturns returns(Path opened, long address, Function<ElfSymbol, OptionalLong> chosen) throws IOException {
        try (FileChannel channel = FileChannel.open(opened)) {
            ElfReader reader = new ElfReader(channel);
            return new ReturnSearch(reader, headers, ranges(reader), imports(reader), isGo, this::exported,
                    resolver -> chosen(resolver, chosen)).of(address);
        }
    }

    /**
     * Whether a function begins at an address, or behind the landing pad (ENDBR64) that it begins with; empty: the file does
     * not say.
     */
    public Optional<Boolean> begins(Path opened, long address) throws IOException {
        try (FileChannel channel = FileChannel.open(opened)) {
            ElfReader reader = new ElfReader(channel);
            CodeRanges known = ranges(reader);
            long before = address - LANDING_PAD.length;
            boolean behindPad = headers.x86 && known.begins(before).orElse(false)
                    && Arrays.equals(LANDING_PAD, reader.read(offset(before), LANDING_PAD.length, "code").array());
            return behindPad ? Optional.of(true) : known.begins(address);
        }
    }

    /**
     * Why a program that runs the file may look at its return addresses, so that the kernel must put no other in their place;
     * empty: nothing says so.
     */
    public String unwinds(Path opened) throws IOException {
        try (FileChannel channel = FileChannel.open(opened)) {
            return Unwinding.reason(new ElfReader(channel), headers, byName.keySet());
        }
    }

    private synchronized CodeRanges ranges(ElfReader reader) throws IOException {
        if (ranges == null) {
            ranges = new CodeRanges(byName.values(), UnwindTable.read(reader, headers));
        }
        return ranges;
    }

    private synchronized Imports imports(ElfReader reader) throws IOException {
        if (imports == null) {
            imports = new Imports(reader, headers);
        }
        return imports;
    }

    private Optional<Long> chosen(long resolver, Function<ElfSymbol, OptionalLong> choice) {
        return byName.values().stream().flatMap(List::stream)
                .filter(symbol -> symbol.indirect() && symbol.address() == resolver)
                .map(choice).filter(OptionalLong::isPresent).findFirst().map(found -> headers.address(found.getAsLong()));
    }

    private Optional<Long> exported(String name) {
        List<ElfSymbol> found = named(name).stream().filter(symbol -> !symbol.hidden()).toList();
        return found.size() != 1 || found.get(0).indirect() ? Optional.empty() : Optional.of(found.get(0).address());
    }

    /**
     * The virtual address, as the file is linked, of the code at an offset in it.
     *
     * @throws ElfException if no code is there
     */
    public long address(long fileOffset) throws ElfException {
        long address = headers.address(fileOffset);
        if (address < 0) {
            throw new ElfException("offset 0x" + Long.toHexString(fileOffset) + " lies in no executable segment");
        }
        if (!headers.code(address)) {
            throw new ElfException("at offset 0x" + Long.toHexString(fileOffset) + " are data, no code");
        }
        return address;
    }

    /** The names that begin so, in order; C++ names as they are written, unless the prefix is a mangled one. */
    public List<String> startingWith(String prefix, int most) {
        List<String> linked = byName.keySet().stream()
                .filter(name -> name.startsWith(prefix) && (prefix.startsWith("_Z") || !name.startsWith("_Z"))).toList();
        return Stream.concat(linked.stream(), cpp().startingWith(prefix, most).stream()).sorted().limit(most).toList();
    }

    /**
     * A function as a rule may write it.
     *
     * @param name with its version if new programs get another; where no version tells several of a name apart, the file offset does
     */
    public record Named(String name, ElfSymbol symbol) {}

    /**
     * The functions whose name passes a test, C++ names as they are written, with or without the parameters. What is seldom run of
     * a function ({@code .cold}) is none.
     *
     * @param mangled C++ names as they are linked instead
     */
    public List<Named> matching(Predicate<String> test, boolean mangled) {
        List<Named> found = new ArrayList<>();
        byName.forEach((name, symbols) -> {
            if ((mangled || !name.startsWith("_Z")) && !COLD.matcher(name).find() && test.test(name)) {
                add(name, symbols, found);
            }
        });
        if (!mangled) {
            for (String written : cpp().names()) {
                if (!written.startsWith("_Z") && (test.test(written) || test.test(CppNames.withoutParameters(written)))) {
                    add(written, named(cpp().mangled(written)), found);
                }
            }
        }
        return found;
    }

    private void add(String name, List<ElfSymbol> symbols, List<Named> to) {
        long current = symbols.stream().filter(symbol -> !symbol.hidden()).count();
        for (ElfSymbol symbol : symbols) {
            to.add(new Named(symbol.hidden() ? name + "@" + symbol.version() : current == 1 ? name
                    : name + "@+0x" + Long.toHexString(headers.fileOffset(symbol.address())), symbol));
        }
    }

    /** What a name is called with each of its versions, as it is linked; empty where there is no such name. */
    public List<String> versions(String name) {
        return named(name).stream().map(symbol -> symbol.version().isEmpty() ? name : name + "@" + symbol.version()).toList();
    }

    /**
     * Every name, as it is linked, and C++ names as they are written.
     *
     * @param parameters write C++ names with them
     */
    public Set<String> names(boolean parameters) {
        Set<String> names = new LinkedHashSet<>(byName.keySet());
        cpp().names().forEach(written -> names.add(parameters ? written : CppNames.withoutParameters(written)));
        return names;
    }
}
