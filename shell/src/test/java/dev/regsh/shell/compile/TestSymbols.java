// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.compile;

import dev.regsh.bpf.symbol.UserSymbolSource;
import java.util.List;
import java.util.OptionalLong;

/** A program of two functions. */
final class TestSymbols {
    static final UserSymbolSource USER = new UserSymbolSource() {
        @Override
        public List<Place> find(String path, String symbol, long offset, List<Long> pids) {
            OptionalLong address = address(path, symbol);
            return address.isEmpty() ? List.of() : List.of(new Place(path, address.getAsLong() + offset,
                    address.getAsLong() + offset));
        }

        @Override
        public List<Place> at(String path, long fileOffset, List<Long> pids) {
            return List.of(new Place(path, fileOffset, fileOffset));
        }

        @Override
        public OptionalLong address(String file, String symbol) {
            return symbol.equals("f") ? OptionalLong.of(0x1000) : symbol.equals("g") ? OptionalLong.of(0x1400)
                    : OptionalLong.empty();
        }

        @Override
        public List<String> nearest(String file, String symbol, int most) {
            return List.of("f", "g");
        }

        @Override
        public List<String> startingWith(String file, String prefix, int most) {
            return List.of();
        }
    };

    private TestSymbols() {}
}
