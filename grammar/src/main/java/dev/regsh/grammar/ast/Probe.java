// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.ast;

import java.util.Optional;

/** The place a rule is attached to. Offsets are in bytes from the symbol. */
public sealed interface Probe extends Node {

    /**
     * A kernel function, {@code module:function+offset} or {@code function@address}.
     *
     * @param module the module that holds it; empty: anywhere
     * @param address picks one of several functions of that name; 0: not given
     */
    record KernelFunction(Optional<String> module, String function, long address, long offset, Span span)
            implements Probe {}

    /** Every kernel function whose name matches, {@code *} and {@code ?} standing for any characters and one. */
    record KernelGlob(Optional<String> module, String pattern, Span span) implements Probe {}

    /** {@code path:symbol+offset} in a user program or library; the symbol may carry an {@code @VERSION}. */
    record UserSymbol(String path, String symbol, long offset, Span span) implements Probe {}

    /** {@code path+offset}: an offset in the file. */
    record UserOffset(String path, long offset, Span span) implements Probe {}
}
