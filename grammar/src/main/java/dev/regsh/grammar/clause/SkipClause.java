// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/** {@code skip N}: not the first N hits. */
public record SkipClause(long hits, Span span) implements Clause.Share {}
