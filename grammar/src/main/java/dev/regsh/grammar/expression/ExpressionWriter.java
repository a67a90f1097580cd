// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.expression;

import dev.regsh.grammar.literal.LiteralWriter;
import java.util.Set;

/** ExpressionWriter as text. */
public final class ExpressionWriter {
    /** With a name behind them these begin a clause, wherever they stand. */
    private static final Set<String> CLAUSES_WITH_A_NAME = Set.of("caller", "goto");
    private static final String PATH_WORD = "cgroup";

    private final StringBuilder out = new StringBuilder();

    private ExpressionWriter() {}

    public static String format(Expression expression) {
        return new ExpressionWriter().add(expression).out.toString();
    }

    private ExpressionWriter add(Expression expression) {
        if (expression instanceof Expression.Unary unary) {
            return add(unary.operator().symbol()).operand(unary.operand());
        } else if (expression instanceof Expression.Cast cast) {
            return add("(").add(cast.type().keyword()).add(")").operand(cast.operand());
        } else if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        } else if (expression instanceof Expression.Conditional choice) {
            return add(choice.condition(), choice.condition() instanceof Expression.Conditional).add(" ? ").add(choice.then())
                    .add(" : ").add(choice.otherwise());
        } else if (expression instanceof Expression.Memory memory) {
            return user(memory.user()).add(memory.type().keyword()).add("[").add(memory.address()).add("]");
        } else if (expression instanceof Expression.Field field) {
            return base(field.base()).add(field.arrow() ? "->" : ".").add(field.name());
        } else if (expression instanceof Expression.Index index) {
            return base(index.base()).add("[").add(index.index()).add("]");
        } else if (expression instanceof Expression.Str str) {
            return user(str.user()).add("str(").add(str.address()).add(")");
        }
        return leaf(expression);
    }

    private ExpressionWriter leaf(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return add(LiteralWriter.number(literal.value()));
        } else if (expression instanceof Expression.Errno errno) {
            return add("-").add(errno.name());
        } else if (expression instanceof Expression.Text text) {
            return add(LiteralWriter.string(text.value()));
        } else if (expression instanceof Expression.Name name) {
            boolean clause = !name.parameter() && CLAUSES_WITH_A_NAME.contains(name.name());
            return add(name.parameter() ? "$" : clause ? "(" : "").add(name.name()).add(clause ? ")" : "");
        } else if (expression instanceof Expression.Counter counter) {
            return add(counter.counter()).add(" ").add(counter.rule());
        }
        throw new IllegalStateException(expression.getClass().getName());
    }

    private ExpressionWriter binary(Expression.Binary binary) {
        int precedence = binary.operator().precedence();
        int start = out.length();
        add(binary.left(), precedence(binary.left()) < precedence);
        if (binary.operator() == BinaryOperator.DIVIDE && out.indexOf(PATH_WORD, out.length() - PATH_WORD.length()) >= 0) {
            // With a slash behind it, it would begin a path.
            out.insert(start, '(').append(')');
        }
        return add(" ").add(binary.operator().symbol()).add(" ").add(binary.right(), precedence(binary.right()) <= precedence);
    }

    private static int precedence(Expression expression) {
        if (expression instanceof Expression.Binary binary) {
            return binary.operator().precedence();
        }
        return expression instanceof Expression.Conditional ? 0 : Integer.MAX_VALUE;
    }

    private ExpressionWriter operand(Expression expression) {
        return add(expression, precedence(expression) < Integer.MAX_VALUE);
    }

    private ExpressionWriter base(Expression expression) {
        boolean plain = expression instanceof Expression.Name || expression instanceof Expression.Memory
                || expression instanceof Expression.Field || expression instanceof Expression.Index;
        return add(expression, !plain);
    }

    private ExpressionWriter user(boolean user) {
        return add(user ? "user " : "");
    }

    private ExpressionWriter add(Expression expression, boolean brackets) {
        return brackets ? add("(").add(expression).add(")") : add(expression);
    }

    private ExpressionWriter add(String text) {
        out.append(text);
        return this;
    }
}
