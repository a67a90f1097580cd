// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where functions begin and end, by the symbols and the unwind table. */
final class CodeRanges {
    /** @param name empty: no symbol names it */
    record Range(long begin, long end, String name) {
        boolean holds(long address) {
            return address >= begin && address < end;
        }
    }

    private final TreeMap<Long, ElfSymbol> byAddress = new TreeMap<>();
    private final UnwindTable unwind;

    CodeRanges(Collection<List<ElfSymbol>> symbols, UnwindTable unwind) {
        this.unwind = unwind;
        symbols.forEach(same -> same.forEach(symbol -> {
            if (!symbol.indirect()) {
                byAddress.merge(symbol.address(), symbol, CodeRanges::better);
            }
        }));
    }

    private static ElfSymbol better(ElfSymbol one, ElfSymbol other) {
        return one.size() != other.size() ? one.size() > other.size() ? one : other
                : one.name().compareTo(other.name()) <= 0 ? one : other;
    }

    /** The function that holds an address; null: nothing says so. */
    Range holding(long address) {
        Map.Entry<Long, ElfSymbol> entry = byAddress.floorEntry(address);
        Map.Entry<Long, Long> piece = unwind.holding(address);
        if (entry != null && address < entry.getKey() + entry.getValue().size()) {
            // Assembly may give a function a symbol of its first part only.
            long end = entry.getKey() + entry.getValue().size();
            boolean longer = piece != null && piece.getKey().equals(entry.getKey()) && piece.getValue() > end;
            return new Range(entry.getKey(), longer ? piece.getValue() : end, entry.getValue().name());
        }
        if (piece == null) {
            return null;
        }
        ElfSymbol named = byAddress.get(piece.getKey());
        return new Range(piece.getKey(), piece.getValue(), named == null ? "" : named.name());
    }

    /** Every function of the name, with or without a number behind it. */
    List<Range> namedLike(String name) {
        return name.isEmpty() ? List.of() : byAddress.values().stream()
                .filter(symbol -> symbol.size() > 0 && symbol.name().startsWith(name)
                        && (symbol.name().length() == name.length() || symbol.name().charAt(name.length()) == '.'))
                .map(symbol -> new Range(symbol.address(), symbol.address() + symbol.size(), symbol.name())).toList();
    }

    /** Whether anything is known of where functions begin. */
    boolean known() {
        return !byAddress.isEmpty() || !unwind.isEmpty();
    }
}
