// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.token;

import dev.regsh.grammar.antlr.RegshLexer;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Bounds how deep a tree can become, before one is made: whoever walks it recurses. */
public final class Depth {
    /** Brackets, prefix operators, casts and choices inside each other. */
    static final int MAX_NESTED = 64;
    /** Operators of one statement: {@code a + b + c} is a tree as deep as it is long. */
    static final int MAX_OPERATORS = 250;

    private Depth() {}

    /** @throws DiagnosticException at the first token that is too deep */
    public static void check(List<Token> tokens, Locations locations) {
        Deque<Integer> outer = new ArrayDeque<>();
        int around = 0;
        int prefixes = 0;
        int questions = 0;
        int operators = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.getType()) {
                case RegshLexer.LPAREN, RegshLexer.LBRACKET -> {
                    outer.push(prefixes);
                    around += prefixes + 1;
                    prefixes = 0;
                    operators++;
                }
                case RegshLexer.RPAREN, RegshLexer.RBRACKET -> {
                    int before = outer.isEmpty() ? 0 : outer.pop();
                    around = Math.max(0, around - before - 1);
                    // A cast is a prefix, like a minus.
                    prefixes = i > 0 && tokens.get(i - 1).getType() == RegshLexer.INT_TYPE ? before + 1 : 0;
                }
                case RegshLexer.MINUS, RegshLexer.PLUS, RegshLexer.BANG, RegshLexer.TILDE -> {
                    prefixes++;
                    operators++;
                }
                case RegshLexer.QUESTION -> {
                    questions++;
                    operators++;
                    prefixes = 0;
                }
                default -> {
                    operators += isOperator(token.getType()) ? 1 : 0;
                    prefixes = 0;
                }
            }
            if (around + prefixes + questions > MAX_NESTED) {
                throw new DiagnosticException(new Diagnostic(locations.span(token),
                        "more than " + MAX_NESTED + " levels inside each other"));
            }
            if (operators > MAX_OPERATORS) {
                throw new DiagnosticException(new Diagnostic(locations.span(token),
                        "more than " + MAX_OPERATORS + " operators in one statement"));
            }
        }
    }

    private static boolean isOperator(int type) {
        return type == RegshLexer.ARROW || type == RegshLexer.DOT
                || (type >= RegshLexer.EQ && type <= RegshLexer.TILDE && type != RegshLexer.ASSIGN);
    }
}
