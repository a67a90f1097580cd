// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.token;

import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Tokens of one statement to spans of the source it stands in. */
public final class Locations {
    private final Source source;
    private final int start;
    private final int length;
    /** Where each code point starts, in characters; null: each is one character. */
    private final int @Nullable [] codePoints;

    /** @param start where the statement {@code text} stands in the source */
    public Locations(Source source, int start, String text) {
        this.source = source;
        this.start = start;
        this.length = text.length();
        this.codePoints = starts(text);
    }

    /** Where a token stands. */
    public Span span(Token token) {
        if (token.getType() == Token.EOF) {
            return source.span(start + length, 0);
        }
        return source.span(start + from(token), to(token) - from(token));
    }

    /** Where the last characters of a token stand. */
    public Span tail(Token token, int characters) {
        return source.span(start + to(token) - characters, characters);
    }

    /** Where what a rule of the grammar read stands. */
    public Span span(ParserRuleContext context) {
        Span first = span(context.getStart());
        return context.getStop() == null ? first : first.to(span(context.getStop()));
    }

    /** Where a token starts in the statement, in characters. */
    public int from(Token token) {
        return characters(token.getStartIndex());
    }

    /** Where a token ends in the statement, in characters; the first that is not its own. */
    public int to(Token token) {
        return characters(token.getStopIndex() + 1);
    }

    /** ANTLR counts code points, the source counts characters. */
    private int characters(int codePoint) {
        return codePoints == null ? codePoint : codePoints[codePoint];
    }

    private static int @Nullable [] starts(String text) {
        int count = text.codePointCount(0, text.length());
        if (count == text.length()) {
            return null;
        }
        int[] starts = new int[count + 1];
        int at = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        starts[count] = at;
        return starts;
    }
}
