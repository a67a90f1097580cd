// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf;

import dev.regsh.bpf.symbol.UserSymbolSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any path is a program of the functions f, g, and cut, whose end its symbols do not tell. */
public final class TestProgram implements UserSymbolSource {
    private static final Map<String, Function> FUNCTIONS = Map.of("f", new Function(0x1000, 0x80),
            "g", new Function(0x1400, 0x40), "cut", new Function(0x1800, 0));

    @Override
    public List<Place> find(String path, String symbol, long offset, List<Long> pids) {
        return function(path, symbol).map(found -> found.address() + offset)
                .map(address -> new Place(path, address, address)).stream().toList();
    }

    @Override
    public List<Place> at(String path, long fileOffset, List<Long> pids) {
        return List.of(new Place(path, fileOffset, fileOffset));
    }

    @Override
    public Optional<Function> function(String file, String symbol) {
        return Optional.ofNullable(FUNCTIONS.get(symbol));
    }

    @Override
    public List<String> nearest(String file, String symbol, int most) {
        return List.of("f", "g");
    }

    @Override
    public List<String> startingWith(String file, String prefix, int most) {
        return List.of();
    }
}
