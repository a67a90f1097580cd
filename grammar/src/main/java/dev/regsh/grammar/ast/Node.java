// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.ast;

/** Anything the parser makes. */
public interface Node {
    /** Where it stands in the source. */
    Span span();
}
