// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Node;
import dev.regsh.grammar.source.Span;

/**
 * {@code target=value} after {@code set}.
 *
 * @param parameter the target was written with a {@code $}: always the parameter
 * @param targetSpan where the target stands
 */
public record Assignment(String target, boolean parameter, Expression value, Span targetSpan, Span span) implements Node {
    @Override
    public String written() {
        return (parameter ? "$" : "") + target + "=" + value.written();
    }
}
