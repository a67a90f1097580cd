// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import dev.regsh.grammar.antlr.RegshLexer;
import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.ast.Statement;
import dev.regsh.grammar.build.StatementBuilder;
import dev.regsh.grammar.build.Words;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Text to statements. Not a thing of ANTLR is touched before the first rule or control statement. */
public final class Parser {
    /** Longer statements are refused: nobody writes them, and generated garbage must not cost memory. */
    static final int MAX_STATEMENT = 64 * 1024;
    /** Brackets and prefix operators inside each other. */
    static final int MAX_DEPTH = 100;

    private Parser() {}

    /** Parses every statement of a text; the first one that does not parse throws. */
    public static List<Statement> parse(Source source, Map<String, String> variables) {
        List<Statement> statements = new ArrayList<>();
        parseEach(source, variables, statements::add);
        return statements;
    }

    /**
     * Parses a text statement by statement, each handed on before the next is read, so that a variable set by one is
     * known to the next.
     *
     * @throws DiagnosticException at the first that does not parse
     */
    public static void parseEach(Source source, Map<String, String> variables, Consumer<Statement> consumer) {
        for (Splitter.Piece piece : Splitter.split(source).pieces()) {
            consumer.accept(statement(source, piece, variables));
        }
    }

    /** Whether a prompt's input is whole: no string, bracket or line is left open. */
    public static boolean isComplete(String text) {
        try {
            return Splitter.split(new Source("", text)).complete();
        } catch (DiagnosticException bad) {
            return true;
        }
    }

    private static Statement statement(Source source, Splitter.Piece piece, Map<String, String> variables) {
        String text = source.text().substring(piece.start(), piece.end());
        if (text.length() > MAX_STATEMENT) {
            throw new DiagnosticException(new Diagnostic(source.span(piece.start(), 1),
                    "a statement of " + text.length() + " characters; at most " + MAX_STATEMENT + " are read"));
        }
        if (text.charAt(0) == '!') {
            return new Statement.Shell(text.substring(1).strip(), source.span(piece.start(), text.length()));
        }
        return switch (Words.first(text)) {
            case "on", "after", "dry", "expect", "sleep", "wait", "let", "onerror" ->
                    parsed(source, piece.start(), text, variables);
            default -> new Statement.Command(Words.split(source, piece.start(), text, variables), text,
                    source.span(piece.start(), text.length()));
        };
    }

    private static Statement parsed(Source source, int start, String text, Map<String, String> variables) {
        RegshLexer lexer = new RegshLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        Places places = new Places(source, start, text);
        checkDepth(tokens, places);
        RegshParser parser = new RegshParser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new SyntaxErrors(places));
        // SLL is enough for nearly every statement; what it cannot decide is read again with the full strategy.
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        RegshParser.StatementContext tree;
        try {
            tree = parser.statement();
        } catch (ParseCancellationException | DiagnosticException first) {
            tokens.seek(0);
            parser.reset();
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            tree = parser.statement();
        }
        return new StatementBuilder(places, variables).build(tree);
    }

    private static void checkDepth(CommonTokenStream tokens, Places places) {
        int brackets = 0;
        int prefixes = 0;
        int questions = 0;
        for (Token token : tokens.getTokens()) {
            switch (token.getType()) {
                case RegshLexer.LPAREN, RegshLexer.LBRACKET -> brackets++;
                case RegshLexer.RPAREN, RegshLexer.RBRACKET -> brackets = Math.max(0, brackets - 1);
                case RegshLexer.QUESTION -> questions++;
                case RegshLexer.MINUS, RegshLexer.PLUS, RegshLexer.BANG, RegshLexer.TILDE -> prefixes++;
                default -> prefixes = 0;
            }
            if (Math.max(Math.max(brackets, prefixes), questions) > MAX_DEPTH) {
                throw new DiagnosticException(new Diagnostic(places.span(token),
                        "more than " + MAX_DEPTH + " levels inside each other"));
            }
        }
    }
}
