// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.grammar.RandomStatements;
import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.grammar.token.Tokens;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.junit.jupiter.api.Test;

/** The walk along the automaton and the parser made from it say the same. */
class ReadingsTest {
    private static final String[] BITS = {"set ", "a=1 ", "ret=", "when ", "limit ", "3 ", "log ", "b ", "- ", "( ", ") ", "u32[",
        "] ",
        ", ", "? ", ": ", "user ", "-> ", "x ", "force ", "write ", "as ", "== ", "~ ", "\"t\" ", "hits ", "= ", "10% ", "5s "};

    private final long seed = Long.getLong("regsh.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void acceptsWhatTheParserAccepts() {
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "expect " : "on f ");
            for (int n = random.nextInt(8); n > 0; n--) {
                text.append(BITS[random.nextInt(BITS.length)]);
            }
            CommonTokenStream tokens = Tokens.stream(text.toString());
            boolean parses = parses(tokens);
            accepted += parses ? 1 : 0;
            assertEquals(parses, Readings.firstWrong(tokens.getTokens()) == tokens.size(), "seed " + seed + ": " + text);
        }
        assertTrue(accepted > 1_000, "only " + accepted);
    }

    private static boolean parses(CommonTokenStream tokens) {
        RegshParser parser = new RegshParser(tokens);
        parser.counters = tokens.get(0).getType() == RegshParser.EXPECT;
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            parser.statement();
            return true;
        } catch (ParseCancellationException refused) {
            return false;
        }
    }

    @Test
    void expectsWhatComesNext() {
        RandomStatements statements = new RandomStatements(random);
        for (int i = 0; i < 1_000; i++) {
            Statement statement = statements.next();
            if (statement instanceof Statement.Shell) {
                continue;
            }
            List<Token> tokens = Tokens.of(statement.written());
            for (int at = 0; at < tokens.size(); at++) {
                assertTrue(Follow.at(tokens, at).allows(tokens.get(at).getType()),
                        "seed " + seed + ": " + statement.written() + " at " + tokens.get(at).getText());
            }
        }
    }
}
