// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.follow;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.expression.IntType;
import dev.regsh.grammar.token.Slot;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Turns what the walk found at a token into words: which rule of the grammar expects it says what kind of thing it is. */
final class FollowReader {
    private final List<? extends Token> tokens;
    private final int caret;
    private final Set<Slot> slots = EnumSet.noneOf(Slot.class);
    private final Set<String> keywords = new LinkedHashSet<>();
    private final Set<String> symbols = new LinkedHashSet<>();
    private final Set<ClauseKind> usedClauses = EnumSet.noneOf(ClauseKind.class);
    private final IntervalSet types = new IntervalSet();
    private String clause = "";
    private String target = "";

    FollowReader(List<? extends Token> tokens, int caret) {
        this.tokens = tokens;
        this.caret = caret;
    }

    Follow read() {
        Collection<Call> calls = Readings.to(tokens, caret);
        calls.forEach(this::use);
        for (Call call : calls) {
            if (!call.expected().isNil()) {
                types.addAll(call.expected());
                add(call);
                surroundings(call);
            }
        }
        return new Follow(slots, keywords, symbols, clause, target, types);
    }

    /** Notes a clause that is said already. */
    private void use(Call call) {
        if (call.rule() == RegshParser.RULE_clause && call.start() < caret && !call.lengths().isEmpty()) {
            usedClauses.add(kind(call));
        } else if (call.rule() == RegshParser.RULE_target && text(call.start()).equals("ret")) {
            usedClauses.add(ClauseKind.RET);
        }
    }

    private void add(Call call) {
        boolean begins = call.start() == caret;
        IntervalSet expected = call.expected();
        switch (call.rule()) {
            case RegshParser.RULE_statement -> statement(begins, expected);
            case RegshParser.RULE_rule_ -> rule(expected);
            case RegshParser.RULE_clause -> clause(call, begins, expected);
            case RegshParser.RULE_number, RegshParser.RULE_percent -> slots.add(Slot.NUMBER);
            case RegshParser.RULE_duration -> slots.add(Slot.DURATION);
            case RegshParser.RULE_target -> slots.add(Slot.TARGET);
            case RegshParser.RULE_field -> slots.add(Slot.FIELD);
            case RegshParser.RULE_name -> call.callers().forEach(this::name);
            case RegshParser.RULE_primary -> primary(begins, expected);
            case RegshParser.RULE_postfix -> {
                slots.add(Slot.OPERATOR);
                symbol(expected, RegshParser.RBRACKET, "]");
            }
            case RegshParser.RULE_expression -> expression(begins, expected);
            default -> symbol(expected, RegshParser.ASSIGN, "=");
        }
    }

    private void statement(boolean begins, IntervalSet expected) {
        symbol(expected, RegshParser.ASSIGN, "=");
        if (begins) {
            slots.add(Slot.STATEMENT);
        } else if (expected.contains(RegshParser.NAME)) {
            keywords.add("fired");
        }
    }

    private void rule(IntervalSet expected) {
        if (expected.contains(RegshParser.PROBE_TEXT)) {
            slots.add(Slot.PROBE);
        } else {
            keywords.addAll(List.of("on", "after"));
        }
    }

    private void clause(Call call, boolean begins, IntervalSet expected) {
        if (begins) {
            slots.add(Slot.CLAUSE);
            for (ClauseKind kind : ClauseKind.values()) {
                if (!usedClauses.contains(kind) || kind.isRepeatable()) {
                    keywords.add(kind.keyword());
                }
            }
            if (usedClauses.contains(ClauseKind.RET)) {
                keywords.remove(ClauseKind.GOTO.keyword());
            }
            if (usedClauses.contains(ClauseKind.GOTO)) {
                keywords.remove(ClauseKind.RET.keyword());
            }
            return;
        }
        symbol(expected, RegshParser.ASSIGN, "=");
        symbol(expected, RegshParser.PERCENT, "%");
        if (expected.contains(RegshParser.STRING)) {
            slots.add(kind(call).operand());
        }
    }

    private void name(Call caller) {
        switch (caller.rule()) {
            case RegshParser.RULE_target -> slots.add(Slot.TARGET);
            case RegshParser.RULE_field -> slots.add(Slot.FIELD);
            case RegshParser.RULE_primary -> slots.add(caller.start() == caret ? Slot.VALUE : Slot.RULE);
            case RegshParser.RULE_clause -> slots.add(kind(caller).operand());
            default -> {
                switch (type(0)) {
                    case RegshParser.ONERROR -> keywords.addAll(List.of("stop", "continue"));
                    case RegshParser.WAIT -> slots.add(Slot.RULE);
                    default -> slots.add(Slot.NEW_NAME);
                }
            }
        }
    }

    private void primary(boolean begins, IntervalSet expected) {
        if (begins) {
            slots.add(Slot.VALUE);
            keywords.add("user");
        }
        if (expected.contains(RegshParser.STR)) {
            keywords.add("str(");
            IntType.KEYWORDS.forEach(type -> keywords.add(type + "["));
        }
        symbol(expected, RegshParser.LBRACKET, "[");
        symbol(expected, RegshParser.RBRACKET, "]");
        symbol(expected, RegshParser.RPAREN, ")");
        if (!begins) {
            symbol(expected, RegshParser.LPAREN, "(");
        }
    }

    private void expression(boolean begins, IntervalSet expected) {
        if (begins) {
            return;
        }
        if (expected.contains(RegshParser.STAR)) {
            slots.add(Slot.OPERATOR);
        }
        if (expected.contains(RegshParser.INT_TYPE)) {
            IntType.KEYWORDS.forEach(type -> keywords.add(type + ")"));
        }
        symbol(expected, RegshParser.RPAREN, ")");
        symbol(expected, RegshParser.COLON, ":");
    }

    private void symbol(IntervalSet expected, int type, String symbol) {
        if (expected.contains(type)) {
            symbols.add(symbol);
        }
    }

    /** A minus that begins an expression may be that of an errno. */
    private void surroundings(Call call) {
        Call expression = call.rule() == RegshParser.RULE_primary ? call.within(RegshParser.RULE_expression) : null;
        if (expression != null && expression.callers().stream().anyMatch(outer -> outer.rule() == expression.rule()
                && outer.start() == caret - 1 && type(caret - 1) == RegshParser.MINUS)) {
            slots.add(Slot.ERRNO);
        }
        Call inside = call.within(RegshParser.RULE_clause);
        if (inside != null && inside.start() < caret) {
            clause = kind(inside).word();
            target = kind(inside) == ClauseKind.RET ? clause : target;
        }
        Call assignment = call.within(RegshParser.RULE_assignment);
        if (assignment != null && assignment.start() < caret - 1) {
            target = text(assignment.start());
        }
    }

    private ClauseKind kind(Call clause) {
        return ClauseKind.of(type(clause.start())).orElseThrow();
    }

    private int type(int index) {
        return tokens.get(index).getType();
    }

    private String text(int index) {
        return index < tokens.size() ? tokens.get(index).getText() : "";
    }
}
