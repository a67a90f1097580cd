// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.follow.SyntaxErrors;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.split.Splitter;
import dev.regsh.grammar.split.Words;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.grammar.statement.StatementBuilder;
import dev.regsh.grammar.token.Depth;
import dev.regsh.grammar.token.Locations;
import dev.regsh.grammar.token.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Text to statements. Not a thing of ANTLR is touched before the first rule or control statement. */
public final class Parser {
    /** Longer statements are refused: nobody writes them, and generated garbage must not cost memory. */
    public static final int MAX_STATEMENT = 64 * 1024;

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
        Splitter.pieces(source).forEachRemaining(piece -> consumer.accept(statement(source, piece, variables)));
    }

    /** Whether a prompt's input is whole: no string, bracket or line is left open. */
    public static boolean isComplete(String text) {
        try {
            return Splitter.split(new Source("", text)).complete();
        } catch (DiagnosticException bad) {
            return true;
        }
    }

    /**
     * Parses the statement at a place of a text, which {@link Splitter#pieces} has found.
     *
     * @throws DiagnosticException if it does not parse
     */
    public static Statement statement(Source source, Splitter.Piece piece, Map<String, String> variables) {
        String text = source.text().substring(piece.start(), piece.end());
        if (text.length() > MAX_STATEMENT) {
            throw new DiagnosticException(new Diagnostic(source.span(piece.start(), 1),
                    "a statement of " + text.length() + " characters; at most " + MAX_STATEMENT + " are read"));
        }
        if (text.charAt(0) == '!') {
            return new Statement.Shell(text.substring(1).strip(), source.span(piece.start(), text.length()));
        }
        if (Words.FIRST_WORDS.contains(Words.first(text))) {
            return parsed(source, piece.start(), text, variables);
        }
        return new Statement.Command(Words.split(source, piece.start(), text, variables), text,
                source.span(piece.start(), text.length()));
    }

    private static Statement parsed(Source source, int start, String text, Map<String, String> variables) {
        Locations locations = new Locations(source, start, text);
        CommonTokenStream tokens = Tokens.stream(text);
        Depth.check(tokens.getTokens(), locations);
        RegshParser parser = new RegshParser(tokens);
        int first = tokens.get(0).getType();
        parser.counters = first == RegshParser.EXPECT || first == RegshParser.LET;
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        return new StatementBuilder(locations, variables).build(tree(parser, locations));
    }

    /** SLL is enough for nearly every statement; what it cannot decide is read again with the full strategy. */
    private static RegshParser.StatementContext tree(RegshParser parser, Locations locations) {
        try {
            parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
            return parser.statement();
        } catch (ParseCancellationException undecided) {
            parser.reset();
        }
        try {
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            return parser.statement();
        } catch (ParseCancellationException wrong) {
            List<Token> tokens = ((CommonTokenStream) parser.getTokenStream()).getTokens();
            throw new DiagnosticException(SyntaxErrors.explain(tokens, locations));
        }
    }
}
