// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.expression;

public enum UnaryOperator {
    NEGATE("-"), PLUS("+"), NOT("!"), COMPLEMENT("~");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
