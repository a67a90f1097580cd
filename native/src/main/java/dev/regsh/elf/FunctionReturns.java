// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.util.List;

/**
 * Where a function returns.
 *
 * @param own offsets in the file of its return instructions
 * @param followed the same of functions that it jumps to as its last call: what they return to is its caller, if it called them
 * @param missing why that is not all, with the place; empty: it is all
 */
public record FunctionReturns(List<Long> own, List<Long> followed, String missing) {
    public FunctionReturns {
        own = List.copyOf(own);
        followed = List.copyOf(followed);
    }

    static FunctionReturns unknown(String why) {
        return new FunctionReturns(List.of(), List.of(), why);
    }
}
