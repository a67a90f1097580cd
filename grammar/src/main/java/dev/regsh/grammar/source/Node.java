// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.source;

/** Anything the parser makes. */
public interface Node {
    /** Where it stands in the source. */
    Span span();

    /** Its canonical text: reading that gives the same tree, places aside. Script variables are gone: a tree holds their values. */
    String written();
}
