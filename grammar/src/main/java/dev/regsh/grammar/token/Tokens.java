// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.token;

import dev.regsh.grammar.antlr.RegshLexer;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** A statement cut into tokens; what fits no token is an {@code OTHER}, so there is always an answer. */
public final class Tokens {
    private Tokens() {}

    /** The tokens of a statement as the parser takes them. */
    public static CommonTokenStream stream(String statement) {
        RegshLexer lexer = new RegshLexer(CharStreams.fromString(statement));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        return tokens;
    }

    /** The tokens of a statement without the end. */
    public static List<Token> of(String statement) {
        List<Token> tokens = stream(statement).getTokens();
        return tokens.subList(0, tokens.size() - 1);
    }
}
