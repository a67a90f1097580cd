// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.assist.Highlight.Kind;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.clause.Operands;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.split.Splitter;
import dev.regsh.grammar.split.Words;
import dev.regsh.grammar.token.Locations;
import dev.regsh.grammar.token.Slot;
import dev.regsh.grammar.token.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** The parts of a text by the lexer that reads it for good; the text may be unfinished or wrong. */
public final class Highlighter {
    private final List<Highlight> found = new ArrayList<>();
    private final String text;

    private Highlighter(String text) {
        this.text = text;
    }

    /** The parts in the order of the text; what belongs to none has no style. */
    public static List<Highlight> of(String text) {
        Highlighter highlighter = new Highlighter(text);
        Splitter.Result split;
        try {
            split = Splitter.split(new Source("", text));
        } catch (DiagnosticException noText) {
            return List.of(new Highlight(0, text.length(), Kind.WRONG));
        }
        split.comments().forEach(comment -> highlighter.add(comment.start(), comment.end(), Kind.COMMENT));
        split.pieces().forEach(highlighter::statement);
        highlighter.found.sort(Comparator.comparingInt(Highlight::start));
        return List.copyOf(highlighter.found);
    }

    /**
     * What is wrong already, however the text may go on; nothing while the last word may still become right.
     *
     * @param variables the script variables that have a value
     */
    public static Optional<Span> wrong(String text, Map<String, String> variables) {
        try {
            Parser.parse(new Source("", text), variables);
            return Optional.empty();
        } catch (DiagnosticException unparsable) {
            Span span = unparsable.diagnostics().get(0).span();
            if (span.offset() + span.length() >= text.stripTrailing().length()) {
                return Optional.empty();
            }
            boolean openQuote = text.charAt(span.offset()) == '"' && !Parser.isComplete(text);
            return openQuote ? Optional.empty() : Optional.of(span);
        }
    }

    private void statement(Splitter.Piece piece) {
        String statement = text.substring(piece.start(), piece.end());
        String first = Words.first(statement);
        if (statement.length() > Parser.MAX_STATEMENT) {
            add(piece.start(), piece.end(), Kind.WRONG);
        } else if (statement.startsWith("!")) {
            add(piece.start(), piece.end(), Kind.SHELL);
        } else if (Words.FIRST_WORDS.contains(first)) {
            tokens(piece, statement);
        } else {
            command(piece, statement);
        }
    }

    /** {@code plan} takes a rule. */
    private void command(Splitter.Piece piece, String statement) {
        int end = 0;
        while (end < statement.length() && !Character.isWhitespace(statement.charAt(end))) {
            end++;
        }
        add(piece.start(), piece.start() + end, Kind.COMMAND);
        String rest = statement.substring(end).stripLeading();
        if (statement.startsWith("plan ") && !rest.isEmpty()) {
            statement(new Splitter.Piece(piece.end() - rest.length(), piece.end()));
        }
    }

    private void tokens(Splitter.Piece piece, String statement) {
        List<Token> tokens = Tokens.of(statement);
        Locations locations = new Locations(new Source("", text), piece.start(), statement);
        Kind[] kinds = TokenKinds.of(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            int from = piece.start() + locations.from(token);
            int to = piece.start() + locations.to(token);
            if (kinds[i] == Kind.WRONG && token.getText().equals("\"")) {
                add(from, piece.end(), Kind.STRING);
                return;
            }
            Optional<ClauseKind> whole = ClauseKind.of(token.getType()).filter(ClauseKind::isOneToken);
            if (whole.isPresent()) {
                add(from, from + whole.get().word().length(), Kind.CLAUSE);
                add(from + Operands.start(token.getText()), to, whole.get().operand() == Slot.FUNCTION ? Kind.PROBE : Kind.STRING);
            } else {
                add(from, to, kinds[i]);
            }
        }
    }

    private void add(int start, int end, Kind kind) {
        found.add(new Highlight(start, end, kind));
    }
}
