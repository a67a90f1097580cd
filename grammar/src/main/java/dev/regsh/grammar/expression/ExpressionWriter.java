// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.expression;

import dev.regsh.grammar.literal.LiteralWriter;
import java.util.Set;

/** Expressions as text. */
final class ExpressionWriter implements Expression.Visitor<ExpressionWriter> {
    /** With a name behind them these begin a clause, wherever they stand. */
    private static final Set<String> CLAUSES_WITH_A_NAME = Set.of("caller", "goto");
    private static final String PATH_WORD = "cgroup";

    private final StringBuilder out = new StringBuilder();

    private ExpressionWriter() {}

    static String write(Expression expression) {
        return new ExpressionWriter().add(expression).out.toString();
    }

    @Override
    public ExpressionWriter visitLiteral(Expression.Literal literal) {
        return add(LiteralWriter.number(literal.value()));
    }

    @Override
    public ExpressionWriter visitErrno(Expression.Errno errno) {
        return add("-").add(errno.name());
    }

    @Override
    public ExpressionWriter visitText(Expression.Text text) {
        return add(LiteralWriter.string(text.value()));
    }

    @Override
    public ExpressionWriter visitName(Expression.Name name) {
        boolean clause = !name.parameter() && CLAUSES_WITH_A_NAME.contains(name.name());
        return add(name.parameter() ? "$" : clause ? "(" : "").add(name.name()).add(clause ? ")" : "");
    }

    @Override
    public ExpressionWriter visitUnary(Expression.Unary unary) {
        return add(unary.operator().symbol()).operand(unary.operand());
    }

    @Override
    public ExpressionWriter visitBinary(Expression.Binary binary) {
        int precedence = binary.operator().precedence();
        int start = out.length();
        add(binary.left(), precedence(binary.left()) < precedence);
        if (binary.operator() == BinaryOperator.DIVIDE && out.indexOf(PATH_WORD, out.length() - PATH_WORD.length()) >= 0) {
            // With a slash behind it, it would begin a path.
            out.insert(start, '(').append(')');
        }
        return add(" ").add(binary.operator().symbol()).add(" ").add(binary.right(), precedence(binary.right()) <= precedence);
    }

    @Override
    public ExpressionWriter visitConditional(Expression.Conditional choice) {
        return add(choice.condition(), choice.condition() instanceof Expression.Conditional).add(" ? ").add(choice.then())
                .add(" : ").add(choice.otherwise());
    }

    @Override
    public ExpressionWriter visitCast(Expression.Cast cast) {
        return add("(").add(cast.type().keyword()).add(")").operand(cast.operand());
    }

    @Override
    public ExpressionWriter visitMemory(Expression.Memory memory) {
        return user(memory.user()).add(memory.type().keyword()).add("[").add(memory.address()).add("]");
    }

    @Override
    public ExpressionWriter visitField(Expression.Field field) {
        return base(field.base()).add(field.arrow() ? "->" : ".").add(field.name());
    }

    @Override
    public ExpressionWriter visitIndex(Expression.Index index) {
        return base(index.base()).add("[").add(index.index()).add("]");
    }

    @Override
    public ExpressionWriter visitStr(Expression.Str str) {
        return user(str.user()).add("str(").add(str.address()).add(")");
    }

    @Override
    public ExpressionWriter visitCounter(Expression.Counter counter) {
        return add(counter.counter()).add(" ").add(counter.rule());
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
        boolean plain = expression instanceof Expression.Name || expression.isPlace();
        return add(expression, !plain);
    }

    private ExpressionWriter user(boolean user) {
        return add(user ? "user " : "");
    }

    private ExpressionWriter add(Expression expression) {
        return expression.accept(this);
    }

    private ExpressionWriter add(Expression expression, boolean brackets) {
        return brackets ? add("(").add(expression).add(")") : add(expression);
    }

    private ExpressionWriter add(String text) {
        out.append(text);
        return this;
    }
}
