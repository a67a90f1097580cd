// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.text.Glob;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.Arithmetic;
import dev.regsh.grammar.expression.BinaryOperator;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;

/** The value of what stands after {@code expect} or {@code let}: counters of live rules, the last command's result. */
final class ExpectationEvaluator implements Expression.Visitor<Long> {
    private final Facts facts;

    ExpectationEvaluator(Facts facts) {
        this.facts = facts;
    }

    long value(Expression expression) {
        return expression.accept(this);
    }

    @Override
    public Long visitLiteral(Expression.Literal literal) {
        return literal.value();
    }

    @Override
    public Long visitErrno(Expression.Errno errno) {
        return (long) -Errno.number(errno.name()).orElseThrow();
    }

    @Override
    public Long visitName(Expression.Name name) {
        return switch (name.name()) {
            case "status" -> facts.status();
            case "rules" -> facts.rules();
            default -> throw unknown("nothing is named '" + name.name() + "' here", name.span());
        };
    }

    @Override
    public Long visitCounter(Expression.Counter counter) {
        return facts.counter(counter.rule(), counter.counter())
                .orElseThrow(() -> unknown("no rule '" + counter.rule() + "'", counter.span()));
    }

    @Override
    public Long visitUnary(Expression.Unary unary) {
        long value = value(unary.operand());
        return switch (unary.operator()) {
            case NEGATE -> -value;
            case PLUS -> value;
            case NOT -> Arithmetic.truth(value == 0);
            case COMPLEMENT -> ~value;
        };
    }

    @Override
    public Long visitConditional(Expression.Conditional choice) {
        long condition = value(choice.condition());
        if (facts.whole()) {
            value(condition != 0 ? choice.otherwise() : choice.then());
        }
        return value(condition != 0 ? choice.then() : choice.otherwise());
    }

    @Override
    public Long visitText(Expression.Text text) {
        throw onlyInAProbe(text);
    }

    @Override
    public Long visitCast(Expression.Cast cast) {
        throw onlyInAProbe(cast);
    }

    @Override
    public Long visitMemory(Expression.Memory memory) {
        throw onlyInAProbe(memory);
    }

    @Override
    public Long visitField(Expression.Field field) {
        throw onlyInAProbe(field);
    }

    @Override
    public Long visitIndex(Expression.Index index) {
        throw onlyInAProbe(index);
    }

    @Override
    public Long visitStr(Expression.Str str) {
        throw onlyInAProbe(str);
    }

    private static RuntimeException onlyInAProbe(Expression expression) {
        return unknown("this cannot be known outside a probe", expression.span());
    }

    @Override
    public Long visitBinary(Expression.Binary binary) {
        if (binary.right() instanceof Expression.Text text) {
            if (!(binary.left() instanceof Expression.Name name && name.name().equals("output"))) {
                throw unknown("only output compares with a string", binary.left().span());
            }
            String output = facts.output().strip();
            boolean same = switch (binary.operator()) {
                case EQUAL -> output.equals(text.value());
                case NOT_EQUAL -> !output.equals(text.value());
                case MATCH -> new Glob(text.value()).matches(output);
                default -> throw unknown("strings compare with == != and ~", binary.span());
            };
            return Arithmetic.truth(same);
        }
        long left = value(binary.left());
        boolean decided = (binary.operator() == BinaryOperator.AND && left == 0)
                || (binary.operator() == BinaryOperator.OR && left != 0);
        if (decided && !facts.whole()) {
            return Arithmetic.truth(left != 0);
        }
        long right = value(binary.right());
        if (binary.operator() == BinaryOperator.MATCH) {
            throw unknown("~ compares with a string", binary.span());
        }
        return Arithmetic.binary(binary.operator(), left, right, true);
    }

    private static RuntimeException unknown(String message, Span span) {
        return new DiagnosticException(new Diagnostic(span, message,
                "known are status, output, rules, and hits, fired, errors or missed NAME"));
    }
}
