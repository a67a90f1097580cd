// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Stops at the first error and says in words what could have stood there; repairs nothing. */
final class SyntaxErrors extends DefaultErrorStrategy {
    private final Places places;

    SyntaxErrors(Places places) {
        this.places = places;
    }

    @Override
    public void recover(org.antlr.v4.runtime.Parser recognizer, RecognitionException error) {
        throw at(recognizer, error.getOffendingToken());
    }

    @Override
    public void reportError(org.antlr.v4.runtime.Parser recognizer, RecognitionException error) {
        throw at(recognizer, error.getOffendingToken());
    }

    @Override
    public Token recoverInline(org.antlr.v4.runtime.Parser recognizer) {
        throw at(recognizer, recognizer.getCurrentToken());
    }

    @Override
    public void sync(org.antlr.v4.runtime.Parser recognizer) {
        // No repair between the elements of a loop either.
    }

    private DiagnosticException at(org.antlr.v4.runtime.Parser recognizer, Token token) {
        if (token.getType() == RegshParser.ASSIGN && !recognizer.getExpectedTokens().contains(RegshParser.ASSIGN)) {
            return new DiagnosticException(new Diagnostic(places.span(token), "an assignment inside an expression",
                    "to compare, write =="));
        }
        String found = switch (token.getType()) {
            case Token.EOF -> "the statement ends here";
            case RegshParser.BAD_NUMBER -> "'" + token.getText() + "' is not a number";
            default -> "unexpected '" + token.getText() + "'";
        };
        String expected = words(recognizer.getExpectedTokens());
        return new DiagnosticException(new Diagnostic(places.span(token), found,
                expected.isEmpty() ? "" : "expected " + expected));
    }

    private static String words(IntervalSet expected) {
        List<String> words = new ArrayList<>();
        if (expected.contains(RegshParser.PROBE_TEXT)) {
            words.add("a function, MODULE:FUNCTION or PATH:SYMBOL");
        }
        if (expected.contains(RegshParser.ON)) {
            words.add("'on' or 'after'");
        }
        if (expected.contains(RegshParser.LPAREN)) {
            words.add("a value");
        } else if (expected.contains(RegshParser.PARAMETER)) {
            words.add("a register or parameter name");
        } else if (expected.contains(RegshParser.NUMBER)) {
            words.add("a number");
        } else if (expected.contains(RegshParser.NAME)) {
            words.add("a name");
        }
        if (expected.contains(RegshParser.ASSIGN)) {
            words.add("'='");
        }
        if (expected.contains(RegshParser.GOTO_FUNCTION)) {
            words.add("a clause (set, ret=, when, limit, ...)");
        }
        if (expected.contains(RegshParser.STRING) && !expected.contains(RegshParser.LPAREN)) {
            words.add("a string in quotes");
        }
        if (expected.contains(RegshParser.DURATION)) {
            words.add("a duration such as 10ms or 5s");
        }
        if (expected.contains(RegshParser.RPAREN)) {
            words.add("')'");
        }
        if (expected.contains(RegshParser.RBRACKET)) {
            words.add("']'");
        }
        if (expected.contains(RegshParser.PERCENT) && !expected.contains(RegshParser.STAR)) {
            words.add("'%'");
        }
        return String.join(" or ", words);
    }
}
