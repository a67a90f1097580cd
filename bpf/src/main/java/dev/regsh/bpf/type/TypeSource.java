// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

import java.util.Optional;

/** Prototypes and types of the running kernel (its BTF). */
public interface TypeSource {
    /** A source for a kernel without BTF: it knows no types. */
    TypeSource NONE = (function, module) -> Optional.empty();

    /**
     * The prototype of a kernel function.
     *
     * @param module the module that holds it; empty: the kernel image
     */
    Optional<FunctionType> function(String function, String module);
}
