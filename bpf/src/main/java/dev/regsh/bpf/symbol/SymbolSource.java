// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.symbol;

import java.util.List;

/** The functions a rule can name, as the running kernel lists them (kallsyms). */
public interface SymbolSource {
    /** Every function of exactly this name, those of modules included. */
    List<KernelSymbol> named(String name);

    /** Every function whose name matches the glob ({@code *} and {@code ?}), in order of name. */
    List<KernelSymbol> matching(String glob);

    /** The names most like this one, best first. */
    List<String> nearest(String name, int most);

    /**
     * Why no kprobe can be put on this function (it is blacklisted, not in a text section, ...).
     *
     * @return empty: it can be probed as far as is known without trying
     */
    String unprobeable(KernelSymbol symbol);

    /** Bytes from the function's address to the next symbol; 0 where unknown. */
    long size(KernelSymbol symbol);

    /** Whether a module of that name is in the kernel now, its dashes written as underscores. */
    default boolean loaded(String module) {
        return true;
    }
}
