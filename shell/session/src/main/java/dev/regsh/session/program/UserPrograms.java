// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.program;

import dev.regsh.base.text.Glob;
import dev.regsh.base.text.Nearest;
import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.elf.ElfFile;
import dev.regsh.elf.ElfFunctions;
import dev.regsh.elf.ElfSymbol;
import dev.regsh.elf.FunctionReturns;
import dev.regsh.elf.IndirectFunctions;
import dev.regsh.file.HeldFile;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The programs and libraries that rules name. Each is held open from its first use, so that a probe lands in the file whose
 * symbols were read, and read again when the name leads to another file.
 */
public final class UserPrograms implements UserSymbolSource, AutoCloseable {
    private final HeldFiles held = new HeldFiles();
    /** Read again where memory was short meanwhile. */
    private final Map<HeldFile.Identity, SoftReference<ElfFile>> read = new HashMap<>();

    @Override
    public synchronized List<Location> find(String path, String symbol, long offset, List<Long> pids) throws IOException {
        List<Location> places = new ArrayList<>();
        for (String file : held.files(path, pids)) {
            Optional<ElfSymbol> found = symbols(file).functions().find(symbol);
            if (found.isEmpty()) {
                return List.of();
            }
            if (offset != 0 && found.get().size() != 0 && offset >= found.get().size()) {
                throw new IOException(symbol + " is only " + found.get().size() + " bytes long");
            }
            long begin = begin(file, found.get());
            symbols(file).code().checkInstruction(held.get(file).path(), begin, offset);
            places.add(place(file, begin + offset));
        }
        return places;
    }

    @Override
    public synchronized List<Match> matching(String path, String glob, List<Long> pids) throws IOException {
        Glob pattern = new Glob(glob);
        List<Match> found = new ArrayList<>();
        for (String file : held.files(path, pids)) {
            List<ElfFunctions.Named> named = new ArrayList<>(
                    symbols(file).functions().matching(pattern::matches, glob.startsWith("_Z")));
            // The plainest of several names of one place comes first and gets it.
            named.sort(Comparator.comparingInt((ElfFunctions.Named each) -> underscores(each.name()))
                    .thenComparingInt(each -> each.name().length()).thenComparing(ElfFunctions.Named::name));
            Set<Long> taken = new HashSet<>();
            named.forEach(each -> found.add(match(file, each, taken)));
        }
        found.sort(Comparator.comparing(Match::symbol));
        return found;
    }

    private Match match(String file, ElfFunctions.Named each, Set<Long> taken) {
        try {
            long begin = begin(file, each.symbol());
            return taken.add(begin)
                    ? new Match(each.name(), Optional.of(new Location(file, begin, symbols(file).code().address(begin),
                            Optional.of(true))), "")
                    : new Match(each.name(), Optional.empty(), "another name of one that is probed");
        } catch (IOException none) {
            return new Match(each.name(), Optional.empty(), each.symbol().indirect()
                    ? "an IFUNC: what runs is chosen when the program starts" : "it lies in no executable segment");
        }
    }

    private static int underscores(String name) {
        int count = 0;
        while (count < name.length() && name.charAt(count) == '_') {
            count++;
        }
        return count;
    }

    @Override
    public synchronized List<Location> at(String path, long fileOffset, List<Long> pids) throws IOException {
        List<Location> places = new ArrayList<>();
        for (String file : held.files(path, pids)) {
            symbols(file).code().checkInstruction(held.get(file).path(), fileOffset);
            places.add(place(file, fileOffset));
        }
        return places;
    }

    @Override
    public synchronized Optional<Function> function(String file, String symbol) throws IOException {
        Optional<ElfSymbol> found = symbols(file).functions().find(symbol);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        // An IFUNC's size is that of the code that chooses.
        long address = symbols(file).code().address(begin(file, found.get()));
        return Optional.of(new Function(address, found.get().indirect() ? 0 : found.get().size(),
                symbols(file).code().begins(held.get(file).path(), address).orElse(true)));
    }

    @Override
    public synchronized Returns returns(String file, long fileOffset) throws IOException {
        ElfFile elf = symbols(file);
        Path opened = held.get(file).path();
        HeldFile.Identity identity = held.get(file).identity();
        FunctionReturns found = elf.code().returns(opened, elf.code().address(fileOffset), symbol -> chosen(identity, symbol));
        return new Returns(found.own(), found.followed(), found.missing(),
                found.missing().isEmpty() ? "" : elf.code().unwinds(opened));
    }

    @Override
    public synchronized boolean isGo(String file) {
        try {
            return symbols(file).isGo();
        } catch (IOException unreadable) {
            return false;
        }
    }

    @Override
    public synchronized List<String> nearest(String file, String symbol, int most) {
        try {
            ElfFile elf = symbols(held.hold(file));
            int mark = symbol.indexOf('@');
            String plain = mark > 0 ? symbol.substring(0, mark) : symbol;
            List<String> versions = mark > 0 ? elf.functions().versions(plain) : List.of();
            return versions.isEmpty() ? Nearest.of(plain, elf.functions().names(plain.contains("(")), most)
                    : versions.stream().limit(most).toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public synchronized String whyMissing(String file, String symbol) {
        try {
            String key = held.hold(file);
            return MissingSymbol.why(symbols(key), held.get(key).path(), symbol);
        } catch (IOException unreadable) {
            return "";
        }
    }

    @Override
    public Optional<String> pathOf(String name) {
        return MissingSymbol.path(name);
    }

    @Override
    public synchronized List<String> startingWith(String file, String prefix, int most) {
        try {
            return symbols(held.hold(file)).functions().startingWith(prefix, most);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** The path to attach to: that of the file held. */
    public synchronized String attachPath(String file) throws IOException {
        return held.get(held.hold(file)).path().toString();
    }

    private Location place(String file, long fileOffset) throws IOException {
        long address = symbols(file).code().address(fileOffset);
        return new Location(file, fileOffset, address, symbols(file).code().begins(held.get(file).path(), address));
    }

    private static OptionalLong chosen(HeldFile.Identity file, ElfSymbol indirect) {
        try {
            return IndirectFunctions.chosen(file, indirect.name());
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    /** Where a function begins in the file; of an IFUNC, the function it has become. */
    private long begin(String file, ElfSymbol symbol) throws IOException {
        if (symbol.indirect() && !symbol.hidden()) {
            OptionalLong chosen = IndirectFunctions.chosen(held.get(file).identity(), symbol.name());
            if (chosen.isPresent()) {
                return chosen.getAsLong();
            }
        }
        return symbols(file).code().fileOffset(symbol);
    }

    private ElfFile symbols(String file) throws IOException {
        HeldFile now = held.get(file);
        SoftReference<ElfFile> before = read.get(now.identity());
        ElfFile symbols = before == null ? null : before.get();
        if (symbols == null) {
            symbols = ElfFile.read(Path.of(file), now.path());
            read.put(now.identity(), new SoftReference<>(symbols));
        }
        return symbols;
    }

    @Override
    public synchronized void close() {
        held.close();
        read.clear();
    }
}
