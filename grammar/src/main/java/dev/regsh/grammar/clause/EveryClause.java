// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/** {@code every N}: only the first of each N hits. */
public record EveryClause(long hits, Span span) implements Clause.Share {}
