// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import dev.regsh.base.text.CompilerSuffix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The functions of a program or library by the names that rules give them: with versions, and C++ names as they are written. */
public final class ElfFunctions {
    /** One of them could not be picked anyhow. */
    private static final int MOST_OF_A_NAME = 256;
    private static final int SHOWN = 8;

    private final ElfHeaders headers;
    private final Map<String, List<ElfSymbol>> byName = new HashMap<>();
    private @Nullable CppNames cpp;

    ElfFunctions(ElfHeaders headers) {
        this.headers = headers;
    }

    void add(List<ElfSymbol> symbols) {
        for (ElfSymbol symbol : symbols) {
            List<ElfSymbol> same = byName.computeIfAbsent(symbol.name(), name -> new ArrayList<>(1));
            if (same.size() < MOST_OF_A_NAME && same.stream().noneMatch(s -> s.address() == symbol.address())) {
                same.add(symbol);
            }
        }
    }

    /** Of every name, as it is linked. */
    Collection<List<ElfSymbol>> all() {
        return byName.values();
    }

    /** Every name, as it is linked. */
    Set<String> linked() {
        return byName.keySet();
    }

    /** The address of the function that other files get by a name. */
    Optional<Long> exported(String name) {
        List<ElfSymbol> found = named(name).stream().filter(symbol -> !symbol.hidden()).toList();
        return found.size() != 1 || found.get(0).indirect() ? Optional.empty() : Optional.of(found.get(0).address());
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
                                    + (s.version().isEmpty() ? "" : " (" + s.version() + ")"))
                            .toList()));
        }
        return found.stream().findFirst();
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
            if ((mangled || !name.startsWith("_Z")) && !CompilerSuffix.isColdPart(name) && test.test(name)) {
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
