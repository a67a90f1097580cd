// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.expression;

import dev.regsh.base.errno.Errno;
import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.antlr.RegshParserBaseVisitor;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.literal.LiteralReader;
import dev.regsh.grammar.literal.Variables;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.token.Locations;
import java.util.Map;

/** Parse trees of expressions to AST. */
public final class ExpressionBuilder extends RegshParserBaseVisitor<Expression> {
    private final Locations locations;
    private final Map<String, String> variables;

    public ExpressionBuilder(Locations locations, Map<String, String> variables) {
        this.locations = locations;
        this.variables = variables;
    }

    @Override
    public Expression visitOperandExpression(RegshParser.OperandExpressionContext tree) {
        return visit(tree.postfix());
    }

    @Override
    public Expression visitUnaryExpression(RegshParser.UnaryExpressionContext tree) {
        Span span = locations.span(tree);
        Expression operand = visit(tree.expression());
        UnaryOperator operator = switch (tree.operator.getType()) {
            case RegshParser.MINUS -> UnaryOperator.NEGATE;
            case RegshParser.PLUS -> UnaryOperator.PLUS;
            case RegshParser.BANG -> UnaryOperator.NOT;
            default -> UnaryOperator.COMPLEMENT;
        };
        if (operator == UnaryOperator.NEGATE && operand instanceof Expression.Name name && !name.parameter()
                && Errno.number(name.name()).isPresent()) {
            return new Expression.Errno(name.name(), span);
        }
        return new Expression.Unary(operator, operand, span);
    }

    @Override
    public Expression visitCastExpression(RegshParser.CastExpressionContext tree) {
        return new Expression.Cast(type(tree.INT_TYPE().getText()), visit(tree.expression()), locations.span(tree));
    }

    @Override
    public Expression visitBinaryExpression(RegshParser.BinaryExpressionContext tree) {
        Expression left = visit(tree.expression(0));
        Expression right = visit(tree.expression(1));
        return new Expression.Binary(operator(tree.operator.getText()), left, right, locations.span(tree));
    }

    @Override
    public Expression visitConditionalExpression(RegshParser.ConditionalExpressionContext tree) {
        return new Expression.Conditional(visit(tree.expression(0)), visit(tree.expression(1)),
                visit(tree.expression(2)), locations.span(tree));
    }

    @Override
    public Expression visitPrimaryPostfix(RegshParser.PrimaryPostfixContext tree) {
        return visit(tree.primary());
    }

    @Override
    public Expression visitFieldPostfix(RegshParser.FieldPostfixContext tree) {
        return new Expression.Field(visit(tree.postfix()), tree.operator.getType() == RegshParser.ARROW,
                tree.field().getText(), locations.span(tree));
    }

    @Override
    public Expression visitIndexPostfix(RegshParser.IndexPostfixContext tree) {
        return new Expression.Index(visit(tree.postfix()), visit(tree.expression()), locations.span(tree));
    }

    @Override
    public Expression visitNumberPrimary(RegshParser.NumberPrimaryContext tree) {
        Span span = locations.span(tree);
        return new Expression.Literal(LiteralReader.number(tree.getText(), span), span);
    }

    @Override
    public Expression visitTextPrimary(RegshParser.TextPrimaryContext tree) {
        Span span = locations.span(tree);
        return new Expression.Text(LiteralReader.string(tree.getText(), variables, span), span);
    }

    @Override
    public Expression visitVariablePrimary(RegshParser.VariablePrimaryContext tree) {
        Span span = locations.span(tree);
        String name = tree.getText();
        String value = Variables.written(name, variables, span);
        boolean negative = value.startsWith("-");
        String rest = negative ? value.substring(1) : value;
        if (negative && Errno.number(rest).isPresent()) {
            return new Expression.Errno(rest, span);
        }
        if (rest.isEmpty() || !Character.isDigit(rest.charAt(0))) {
            throw new DiagnosticException(new Diagnostic(span, name + " is '" + value + "', which is not a number"));
        }
        long number = LiteralReader.number(rest, span);
        return new Expression.Literal(negative ? -number : number, span);
    }

    @Override
    public Expression visitParameterPrimary(RegshParser.ParameterPrimaryContext tree) {
        return new Expression.Name(tree.getText().substring(1), true, locations.span(tree));
    }

    @Override
    public Expression visitMemoryPrimary(RegshParser.MemoryPrimaryContext tree) {
        return new Expression.Memory(type(tree.INT_TYPE().getText()), tree.USER() != null, visit(tree.expression()),
                locations.span(tree));
    }

    @Override
    public Expression visitStrPrimary(RegshParser.StrPrimaryContext tree) {
        return new Expression.Str(tree.USER() != null, visit(tree.expression()), locations.span(tree));
    }

    @Override
    public Expression visitCounterPrimary(RegshParser.CounterPrimaryContext tree) {
        return new Expression.Counter(tree.counter.getText(), tree.ruleName.getText(), locations.span(tree));
    }

    @Override
    public Expression visitNamePrimary(RegshParser.NamePrimaryContext tree) {
        return new Expression.Name(tree.getText(), false, locations.span(tree));
    }

    @Override
    public Expression visitNestedPrimary(RegshParser.NestedPrimaryContext tree) {
        return visit(tree.expression());
    }

    private static IntType type(String keyword) {
        return IntType.valueOf(keyword.toUpperCase(java.util.Locale.ROOT));
    }

    private static BinaryOperator operator(String symbol) {
        for (BinaryOperator operator : BinaryOperator.values()) {
            if (operator.symbol().equals(symbol)) {
                return operator;
            }
        }
        throw new IllegalStateException(symbol);
    }
}
