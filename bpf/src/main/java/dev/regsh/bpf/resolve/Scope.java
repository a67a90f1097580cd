// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.type.FunctionType;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What names can mean at a probe.
 *
 * @param function its name, for messages; empty for an offset in a file
 * @param lazily its prototype from BTF; asked for only where a rule needs types
 * @param after the probe is at the function's return
 * @param atEntry the probe is at the function's first instruction
 * @param user the probe is in a user program
 */
public record Scope(RegisterTable registers, String function, Supplier<Optional<FunctionType>> lazily, boolean after,
        boolean atEntry, boolean user) {

    /** From BTF; empty: it does not have the function. */
    public Optional<FunctionType> prototype() {
        return lazily.get();
    }
}
