// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import dev.regsh.libbpf.Demangler;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** The functions of a file by their C++ and Rust names, however they are spelled ({@link Spelling}). */
final class CppNames {
    /** What is longer comes from templates nobody types. */
    private static final int LONGEST = 2048;
    /** Of all names together. What comes after them has its mangled names only. */
    private static final long MOST_LETTERS = ElfReader.LARGEST / 2;

    /** By the whole name, as the demangler writes it. */
    private final TreeMap<String, String> mangledByName = new TreeMap<>();
    /** Whole names by what somebody may type. */
    private final Map<String, TreeSet<String>> namesByKey = new HashMap<>();

    CppNames(Collection<String> names) {
        List<String> mangledNames = names.stream().filter(name -> name.startsWith("_Z") && name.length() <= LONGEST).toList();
        List<String> written = Demangler.demangle(mangledNames, MOST_LETTERS);
        for (int i = 0; i < written.size(); i++) {
            String name = written.get(i);
            String mangled = mangledNames.get(i);
            if (!name.isEmpty()) {
                // Two symbols of one written name (a constructor's variants) stay apart by the mangled one.
                String whole = mangledByName.putIfAbsent(name, mangled) == null ? name : mangled;
                mangledByName.put(whole, mangled);
                Spelling.all(name).forEach(key -> namesByKey.computeIfAbsent(key, k -> new TreeSet<>()).add(whole));
            }
        }
    }

    /** {@code a::f(int) const} to {@code a::f}; {@code operator()} keeps its own brackets. */
    static String withoutParameters(String name) {
        int close = name.lastIndexOf(')');
        int depth = 0;
        for (int at = close; at > 0; at--) {
            char c = name.charAt(at);
            depth += c == ')' ? 1 : c == '(' ? -1 : 0;
            if (depth == 0) {
                return name.substring(0, at);
            }
        }
        return name;
    }

    /** The whole names that a name may mean. */
    List<String> named(String name) {
        return List.copyOf(namesByKey.getOrDefault(Spelling.of(name), new TreeSet<>()));
    }

    /** @param wholeName one of them */
    String mangled(String wholeName) {
        return Objects.requireNonNull(mangledByName.get(wholeName));
    }

    Iterable<String> names() {
        return mangledByName.keySet();
    }

    List<String> startingWith(String prefix, int most) {
        return mangledByName.tailMap(prefix, true).keySet().stream().takeWhile(name -> name.startsWith(prefix)).limit(most)
                .toList();
    }
}
