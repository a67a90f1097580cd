// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;

/** {@code limit N}: at most N times. */
public record LimitClause(long times, Span span) implements Clause.Share {}
