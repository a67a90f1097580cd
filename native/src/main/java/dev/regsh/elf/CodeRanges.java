// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import dev.regsh.base.text.CompilerSuffix;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    @Nullable
    Range holding(long address) {
        Map.Entry<Long, ElfSymbol> entry = byAddress.floorEntry(address);
        UnwindTable.Piece piece = unwind.holding(address);
        if (entry != null && address < entry.getKey() + entry.getValue().size()) {
            // Assembly may give a function a symbol of its first part only.
            long end = entry.getKey() + entry.getValue().size();
            long piecesEnd = piece != null && piece.begin() == entry.getKey() ? piece.end() : end;
            return new Range(entry.getKey(), Math.max(end, piecesEnd), entry.getValue().name());
        }
        if (piece == null) {
            return null;
        }
        ElfSymbol named = byAddress.get(piece.begin());
        return new Range(piece.begin(), piece.end(), named == null ? "" : named.name());
    }

    /** Every function of the name, with or without a number behind it. */
    List<Range> namedLike(String name) {
        return name.isEmpty() ? List.of() : byAddress.values().stream()
                .filter(symbol -> symbol.size() > 0 && symbol.name().startsWith(name)
                        && (symbol.name().length() == name.length() || symbol.name().charAt(name.length()) == '.'))
                .map(symbol -> new Range(symbol.address(), symbol.address() + symbol.size(), symbol.name())).toList();
    }

    /** Whether the stack pointer at an address is where it was at its function's entry; empty: nothing says. */
    Optional<Boolean> stackAsAtEntry(long address) {
        return unwind.stackAsAtEntry(address);
    }

    /** Whether a function begins at an address; empty: nothing says. */
    Optional<Boolean> begins(long address) {
        UnwindTable.Piece piece = unwind.holding(address);
        ElfSymbol symbol = byAddress.get(address);
        if (symbol != null) {
            boolean moved = CompilerSuffix.isColdPart(symbol.name())
                    || (piece != null && piece.begin() == address && piece.moved());
            return Optional.of(!moved);
        }
        Range range = holding(address);
        return range == null ? Optional.empty() : Optional.of(range.begin() == address && piece != null && !piece.moved());
    }
}
