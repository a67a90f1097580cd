// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.antlr.RegshLexer;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.clause.Operands;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.follow.Follow;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.split.Splitter;
import dev.regsh.grammar.split.Words;
import dev.regsh.grammar.token.Depth;
import dev.regsh.grammar.token.Locations;
import dev.regsh.grammar.token.Slot;
import dev.regsh.grammar.token.Tokens;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;

/** Reads a text that stops at the cursor: which word is under way, and what the grammar takes in its place. */
final class CursorReader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w*)$");
    private static final Pattern WORD = Pattern.compile("[\\w$.]*\\w|\\$");

    private final String text;
    private final Set<Slot> slots = EnumSet.noneOf(Slot.class);
    private final Set<String> keywords = new LinkedHashSet<>();
    private int start;
    private boolean quoted;
    private List<String> words = List.of();
    private List<Token> tokens = List.of();
    private String clause = "";
    private String target = "";
    private Optional<Expression> base = Optional.empty();

    CursorReader(String text) {
        this.text = text;
        this.start = text.length();
    }

    Expectation read() {
        Splitter.Result split;
        try {
            split = Splitter.split(new Source("", text));
        } catch (DiagnosticException noText) {
            return result();
        }
        List<Splitter.Piece> comments = split.comments();
        if (comments.isEmpty() || comments.get(comments.size() - 1).end() < text.length()) {
            statement(split.last());
        }
        return result();
    }

    private Expectation result() {
        Optional<Probe> probe = tokens.stream().filter(token -> token.getType() == RegshLexer.PROBE_TEXT).findFirst()
                .flatMap(token -> Fragments.probe(token.getText()));
        boolean after = tokens.stream().limit(2).anyMatch(token -> token.getType() == RegshLexer.AFTER);
        return new Expectation(start, text.substring(start), quoted, slots, keywords, words, probe, after, clause, target,
                base);
    }

    private void statement(int from) {
        String statement = text.substring(from);
        Matcher variable = VARIABLE.matcher(statement);
        String first = Words.first(statement);
        if (statement.startsWith("!") || statement.length() > Parser.MAX_STATEMENT) {
            return;
        } else if (variable.find()) {
            slots.add(Slot.VARIABLE);
            start = from + variable.start(1);
        } else if (statement.chars().noneMatch(Character::isWhitespace)) {
            slots.add(Slot.STATEMENT);
            start = from;
        } else if (Words.FIRST_WORDS.contains(first)) {
            parsed(from, statement);
        } else if (first.equals("plan")) {
            planned(text.length() - statement.substring(first.length()).stripLeading().length());
        } else {
            command(from, statement);
        }
    }

    /** {@code plan} takes a rule. */
    private void planned(int from) {
        if (text.substring(from).chars().anyMatch(Character::isWhitespace)) {
            statement(from);
        } else {
            start = from;
            keywords.addAll(List.of("on", "after", "dry"));
        }
    }

    private void command(int from, String statement) {
        Words.Unfinished command = Words.unfinished(statement);
        start = from + command.start();
        quoted = command.quoted();
        slots.add(Slot.COMMAND);
        words = command.words();
    }

    private void parsed(int from, String statement) {
        tokens = Tokens.of(statement);
        Locations locations = new Locations(new Source("", text), from, statement);
        try {
            Depth.check(tokens, locations);
        } catch (DiagnosticException tooDeep) {
            return;
        }
        cutOpenString(from, locations);
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        if (!quoted && last != null && locations.to(last) == statement.length()) {
            word(from + locations.from(last), last);
        }
        if (!slots.isEmpty()) {
            return;
        }
        operand();
        Follow follow = Follow.at(tokens, tokens.size());
        slots.addAll(follow.slots());
        keywords.addAll(follow.keywords());
        clause = clause.isEmpty() ? follow.clause() : clause;
        target = follow.target();
        if (slots.contains(Slot.FIELD)) {
            int arrow = tokens.size() - 1;
            base = Fragments.postfix(tokens.subList(PostfixStart.of(tokens, arrow), arrow), locations);
        }
    }

    /** A quote with no second one takes everything behind it. */
    private void cutOpenString(int from, Locations locations) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean other = token.getType() == RegshLexer.OTHER || token.getType() == RegshLexer.OTHER_PROBE;
            if (other && token.getText().equals("\"")) {
                quoted = true;
                start = from + locations.to(token);
                tokens = tokens.subList(0, i);
                return;
            }
        }
    }

    /** The token under the cursor is not finished; what it is taken for may change with the next letter. */
    private void word(int at, Token token) {
        Optional<ClauseKind> whole = ClauseKind.of(token.getType()).filter(ClauseKind::isOneToken);
        if (whole.isPresent()) {
            start = at + Operands.start(token.getText());
            operandOf(whole.get());
        } else if (token.getType() == RegshLexer.PROBE_TEXT || WORD.matcher(token.getText()).matches()) {
            start = at;
            tokens = tokens.subList(0, tokens.size() - 1);
        }
    }

    /** {@code goto}, {@code caller} and {@code cgroup} make one token with their operand, so alone they are only names. */
    private void operand() {
        Follow.at(tokens, tokens.size() - 1).lacksOperand(tokens.get(tokens.size() - 1)).ifPresent(this::operandOf);
    }

    private void operandOf(ClauseKind kind) {
        clause = kind.word();
        slots.add(kind.operand());
    }
}
