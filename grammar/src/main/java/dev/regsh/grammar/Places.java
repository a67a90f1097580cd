// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import dev.regsh.grammar.ast.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Tokens of one statement to spans of the source it stands in. */
public final class Places {
    private final Source source;
    private final int start;
    private final String text;

    Places(Source source, int start, String text) {
        this.source = source;
        this.start = start;
        this.text = text;
    }

    public Source source() {
        return source;
    }

    public Span span(Token token) {
        if (token.getType() == Token.EOF) {
            return source.span(start + text.length(), 0);
        }
        int from = characters(token.getStartIndex());
        return source.span(start + from, characters(token.getStopIndex() + 1) - from);
    }

    public Span span(ParserRuleContext context) {
        Span first = span(context.getStart());
        return context.getStop() == null ? first : first.to(span(context.getStop()));
    }

    /** ANTLR counts code points, the source counts characters. */
    private int characters(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }
}
