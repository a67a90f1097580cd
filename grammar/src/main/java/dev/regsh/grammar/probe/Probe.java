// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.probe;

import dev.regsh.grammar.source.Node;
import dev.regsh.grammar.source.Span;
import java.util.Optional;

/** The place a rule is attached to. Offsets are in bytes from the symbol. */
public sealed interface Probe extends Node {

    @Override
    default String written() {
        return accept(new ProbeWriter());
    }

    /**
     * A kernel function, {@code module:function+offset} or {@code function@address}.
     *
     * @param module the module that holds it; empty: anywhere
     * @param address picks one of several functions of that name; 0: not given
     */
    record KernelFunction(Optional<String> module, String function, long address, long offset, Span span) implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitKernelFunction(this);
        }
    }

    /** Every kernel function whose name matches, {@code *} and {@code ?} standing for any characters and one. */
    record KernelGlob(Optional<String> module, String pattern, Span span) implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitKernelGlob(this);
        }
    }

    /** {@code path:symbol+offset} in a user program or library; the symbol may carry an {@code @VERSION}. */
    record UserSymbol(String path, String symbol, long offset, Span span) implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitUserSymbol(this);
        }
    }

    /** {@code path+offset}: an offset in the file. */
    record UserOffset(String path, long offset, Span span) implements Probe {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitUserOffset(this);
        }
    }

    <R> R accept(Visitor<R> visitor);

    /**
     * Answers for each kind of place.
     *
     * @param <R> what is answered
     */
    interface Visitor<R> {
        R visitKernelFunction(KernelFunction probe);

        R visitKernelGlob(KernelGlob probe);

        R visitUserSymbol(UserSymbol probe);

        R visitUserOffset(UserOffset probe);
    }
}
