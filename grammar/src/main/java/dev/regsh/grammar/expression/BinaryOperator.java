// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.expression;

/** The two-sided operators of C, and {@code ~} for a glob match of strings; a higher precedence binds tighter. */
public enum BinaryOperator {
    MULTIPLY("*", 10), DIVIDE("/", 10), REMAINDER("%", 10),
    ADD("+", 9), SUBTRACT("-", 9),
    SHIFT_LEFT("<<", 8), SHIFT_RIGHT(">>", 8),
    LESS("<", 7), LESS_EQUAL("<=", 7), GREATER(">", 7), GREATER_EQUAL(">=", 7),
    EQUAL("==", 6), NOT_EQUAL("!=", 6), MATCH("~", 6),
    BIT_AND("&", 5), BIT_XOR("^", 4), BIT_OR("|", 3),
    AND("&&", 2), OR("||", 1);

    private final String symbol;
    private final int precedence;

    BinaryOperator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    public String symbol() {
        return symbol;
    }

    public int precedence() {
        return precedence;
    }
}
