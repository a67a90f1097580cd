// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.source;

/** Anything the parser makes. */
public interface Node {
    /** Where it stands in the source. */
    Span span();
}
