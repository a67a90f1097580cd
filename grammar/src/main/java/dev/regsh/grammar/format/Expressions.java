// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.format;

import dev.regsh.grammar.ast.BinaryOperator;
import dev.regsh.grammar.ast.Expression;
import java.util.Set;

/** Expressions as text. */
final class Expressions {
    /** With a name behind them these begin a clause, wherever they stand. */
    private static final Set<String> CLAUSES_WITH_A_NAME = Set.of("caller", "goto");

    private Expressions() {}

    static String format(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Literals.number(literal.value());
        } else if (expression instanceof Expression.Errno errno) {
            return "-" + errno.name();
        } else if (expression instanceof Expression.Text text) {
            return Literals.string(text.value());
        } else if (expression instanceof Expression.Name name) {
            return name.parameter() ? "$" + name.name()
                    : CLAUSES_WITH_A_NAME.contains(name.name()) ? "(" + name.name() + ")" : name.name();
        } else if (expression instanceof Expression.Unary unary) {
            return unary.operator().symbol() + operand(unary.operand());
        } else if (expression instanceof Expression.Cast cast) {
            return "(" + cast.type().keyword() + ")" + operand(cast.operand());
        } else if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        } else if (expression instanceof Expression.Conditional choice) {
            String condition = format(choice.condition());
            return (choice.condition() instanceof Expression.Conditional ? "(" + condition + ")" : condition) + " ? "
                    + format(choice.then()) + " : " + format(choice.otherwise());
        } else if (expression instanceof Expression.Memory memory) {
            return (memory.user() ? "user " : "") + memory.type().keyword() + "[" + format(memory.address()) + "]";
        } else if (expression instanceof Expression.Field field) {
            return base(field.base()) + (field.arrow() ? "->" : ".") + field.name();
        } else if (expression instanceof Expression.Index index) {
            return base(index.base()) + "[" + format(index.index()) + "]";
        } else if (expression instanceof Expression.Str str) {
            return (str.user() ? "user " : "") + "str(" + format(str.address()) + ")";
        } else if (expression instanceof Expression.Counter counter) {
            return counter.counter() + " " + counter.rule();
        }
        throw new IllegalStateException(expression.getClass().getName());
    }

    private static String binary(Expression.Binary binary) {
        int precedence = binary.operator().precedence();
        String left = format(binary.left());
        // "cgroup /" begins a path.
        boolean path = binary.operator() == BinaryOperator.DIVIDE && left.endsWith("cgroup");
        return (precedence(binary.left()) < precedence || path ? "(" + left + ")" : left)
                + " " + binary.operator().symbol() + " "
                + (precedence(binary.right()) <= precedence ? "(" + format(binary.right()) + ")" : format(binary.right()));
    }

    private static int precedence(Expression expression) {
        if (expression instanceof Expression.Binary binary) {
            return binary.operator().precedence();
        }
        return expression instanceof Expression.Conditional ? 0 : Integer.MAX_VALUE;
    }

    private static String operand(Expression expression) {
        return precedence(expression) < Integer.MAX_VALUE ? "(" + format(expression) + ")" : format(expression);
    }

    private static String base(Expression expression) {
        boolean plain = expression instanceof Expression.Name || expression instanceof Expression.Memory
                || expression instanceof Expression.Field || expression instanceof Expression.Index;
        return plain ? format(expression) : "(" + format(expression) + ")";
    }
}
