// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.symbol;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** The functions of user programs and libraries (their ELF symbol tables). */
public interface UserSymbolSource {
    /** A source that reads no files. */
    UserSymbolSource NONE = new UserSymbolSource() {
        @Override
        public OptionalLong fileOffset(String path, String symbol) throws IOException {
            throw new IOException("user programs cannot be read here");
        }

        @Override
        public List<String> nearest(String path, String symbol, int most) {
            return List.of();
        }
    };

    /**
     * Where a function begins in the file (not its virtual address).
     *
     * @param symbol may carry an {@code @VERSION}
     * @return empty: the file has no such function
     * @throws IOException the file cannot be read or is no ELF file; the message says which, without the path
     */
    OptionalLong fileOffset(String path, String symbol) throws IOException;

    /** The names most like this one, best first. */
    List<String> nearest(String path, String symbol, int most);
}
