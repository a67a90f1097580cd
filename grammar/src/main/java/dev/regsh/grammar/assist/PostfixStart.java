// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

import dev.regsh.grammar.antlr.RegshLexer;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Finds, from an arrow back, where the operand before it begins: {@code a->b[i]} in {@code x + a->b[i]->}. */
final class PostfixStart {
    private PostfixStart() {}

    /** @param arrow index of the arrow or dot */
    static int of(List<Token> tokens, int arrow) {
        int at = arrow - 1;
        while (at > 0) {
            int type = tokens.get(at).getType();
            if (type == RegshLexer.RBRACKET || type == RegshLexer.RPAREN) {
                at = opening(tokens, at);
                boolean headed = at > 0 && (type == RegshLexer.RBRACKET || tokens.get(at - 1).getType() == RegshLexer.STR);
                if (!headed) {
                    return at;
                }
                at--;
                continue;
            }
            int before = tokens.get(at - 1).getType();
            if (before == RegshLexer.ARROW || before == RegshLexer.DOT) {
                at -= 2;
            } else {
                boolean memory = type == RegshLexer.INT_TYPE || type == RegshLexer.STR;
                return memory && before == RegshLexer.USER ? at - 1 : at;
            }
        }
        return Math.max(at, 0);
    }

    private static int opening(List<Token> tokens, int closing) {
        int depth = 0;
        for (int at = closing; at >= 0; at--) {
            switch (tokens.get(at).getType()) {
                case RegshLexer.RBRACKET, RegshLexer.RPAREN -> depth++;
                case RegshLexer.LBRACKET, RegshLexer.LPAREN -> depth--;
                default -> {}
            }
            if (depth == 0) {
                return at;
            }
        }
        return 0;
    }
}
