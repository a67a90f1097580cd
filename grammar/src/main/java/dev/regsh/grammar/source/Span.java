// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.source;

/**
 * Where a node stands in its source. Line and column count from 1, offset and length in characters; a column is a
 * character, not a cell of the terminal.
 *
 * <p>All spans are equal: a position is not part of what a node means, so two trees that say the same compare equal
 * however they were laid out.
 */
public record Span(int line, int column, int offset, int length) {
    /** The span of a node that no source text made. */
    public static final Span NONE = new Span(0, 0, 0, 0);

    @Override
    public boolean equals(Object other) {
        return other instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    /** The smallest span that holds this one and {@code last}, which starts no earlier. */
    public Span to(Span last) {
        return new Span(line, column, offset, last.offset + last.length - offset);
    }
}
