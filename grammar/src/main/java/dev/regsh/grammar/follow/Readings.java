// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.follow;

import dev.regsh.grammar.antlr.RegshParser;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.PrecedencePredicateTransition;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/**
 * Every way the grammar can read a row of tokens, found by walking its automaton. A rule begun at a token is walked once
 * for each precedence, whoever begins it.
 */
final class Readings {
    private static final ATN GRAMMAR = RegshParser._ATN;

    private final int[] types;
    private final int caret;
    private final Map<Long, Call> calls = new HashMap<>();
    private int furthest;

    private Readings(int[] types, int caret) {
        this.types = types;
        this.caret = caret;
        run(RegshParser.RULE_statement, 0, 0);
    }

    /** The calls alive where the token at {@code caret} is to be read. */
    static Collection<Call> to(List<? extends Token> tokens, int caret) {
        return new Readings(types(tokens), caret).calls.values();
    }

    /** The index of the first token that no reading of the grammar allows; the number of tokens if all are. */
    static int firstWrong(List<? extends Token> tokens) {
        int[] types = types(tokens);
        return new Readings(types, types.length).furthest;
    }

    private static int[] types(List<? extends Token> tokens) {
        return tokens.stream().mapToInt(Token::getType).toArray();
    }

    private Call run(int rule, int precedence, int start) {
        long key = ((long) rule << 8 | precedence) << 32 | start;
        Call known = calls.get(key);
        if (known != null) {
            return known;
        }
        Call call = new Call(rule, start);
        calls.put(key, call);
        Set<Long> seen = new HashSet<>();
        ArrayDeque<Long> open = new ArrayDeque<>();
        push(GRAMMAR.ruleToStartState[rule], start, seen, open);
        while (!open.isEmpty()) {
            long next = open.pop();
            step(call, precedence, GRAMMAR.states.get((int) (next >> 32)), (int) next, seen, open);
        }
        return call;
    }

    private void step(Call call, int precedence, ATNState state, int at, Set<Long> seen, ArrayDeque<Long> open) {
        if (state instanceof RuleStopState) {
            call.lengths().set(at - call.start());
            return;
        }
        for (int i = 0; i < state.getNumberOfTransitions(); i++) {
            Transition transition = state.transition(i);
            if (passes(call, precedence, transition, at, seen, open)) {
                push(transition.target, at, seen, open);
            } else if (!transition.isEpsilon() && at == caret) {
                call.expected().addAll(transition.label());
            } else if (!transition.isEpsilon() && transition.matches(types[at], Token.MIN_USER_TOKEN_TYPE, GRAMMAR.maxTokenType)) {
                furthest = Math.max(furthest, at + 1);
                push(transition.target, at + 1, seen, open);
            }
        }
    }

    /** Whether a transition leads on without a token; one into a rule leads to behind the rule, for each way to read it. */
    private boolean passes(Call call, int precedence, Transition transition, int at, Set<Long> seen, ArrayDeque<Long> open) {
        return switch (transition.getSerializationType()) {
            case Transition.RULE -> {
                RuleTransition into = (RuleTransition) transition;
                Call inner = run(into.target.ruleIndex, into.precedence, at);
                inner.callers().add(call);
                BitSet lengths = inner.lengths();
                for (int length = lengths.nextSetBit(0); length >= 0; length = lengths.nextSetBit(length + 1)) {
                    push(into.followState, at + length, seen, open);
                }
                yield false;
            }
            case Transition.PRECEDENCE -> ((PrecedencePredicateTransition) transition).precedence >= precedence;
            case Transition.PREDICATE -> counters();
            default -> transition.isEpsilon();
        };
    }

    /** The grammar's only predicate. */
    private boolean counters() {
        return types.length > 0 && (types[0] == RegshParser.EXPECT || types[0] == RegshParser.LET);
    }

    private static void push(ATNState state, int at, Set<Long> seen, ArrayDeque<Long> open) {
        long next = (long) state.stateNumber << 32 | at;
        if (seen.add(next)) {
            open.push(next);
        }
    }
}
