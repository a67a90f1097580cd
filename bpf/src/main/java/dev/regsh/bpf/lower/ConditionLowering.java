// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.PartialExprVisitor;

/** Truth: jumps that depend on an expression, and the 1 or 0 that it is. */
final class ConditionLowering {
    private final CodeBuilder code;
    private final ExpressionLowering expressions;

    ConditionLowering(CodeBuilder code, ExpressionLowering expressions) {
        this.code = code;
        this.expressions = expressions;
    }

    /** 1 or 0. */
    Value truth(Expr expression) {
        Value result = code.variable();
        Label yes = code.label();
        Label end = code.label();
        branch(expression, true, yes);
        code.set(result, Value.of(0));
        code.jump(end);
        code.place(yes);
        code.set(result, Value.of(1));
        code.place(end);
        return result;
    }

    /** Jumps where the expression's truth is {@code when}, goes on where it is not. */
    void branch(Expr expression, boolean when, Label label) {
        code.at(expression.span().column(), () -> expression.accept(new Branch(when, label)));
    }

    private final class Branch implements PartialExprVisitor<Void> {
        private final boolean when;
        private final Label label;

        Branch(boolean when, Label label) {
            this.when = when;
            this.label = label;
        }

        @Override
        public Void visitNot(Expr.Not expression) {
            branch(expression.operand(), !when, label);
            return null;
        }

        @Override
        public Void visitStringTest(Expr.StringTest expression) {
            expressions.strings().branch(expression, when, label);
            return null;
        }

        @Override
        public Void visitBinary(Expr.Binary expression) {
            boolean signed = expression.asSigned();
            switch (expression.operator()) {
                case AND -> both(expression, true);
                case OR -> both(expression, false);
                case LESS -> compare(expression, signed ? Condition.SLT : Condition.LT);
                case LESS_EQUAL -> compare(expression, signed ? Condition.SLE : Condition.LE);
                case GREATER -> compare(expression, signed ? Condition.SGT : Condition.GT);
                case GREATER_EQUAL -> compare(expression, signed ? Condition.SGE : Condition.GE);
                case EQUAL -> compare(expression, Condition.EQ);
                case NOT_EQUAL -> compare(expression, Condition.NE);
                default -> other(expression);
            }
            return null;
        }

        @Override
        public Void other(Expr expression) {
            code.jumpIf(expressions.lower(expression), when ? Condition.NE : Condition.EQ, 0, label);
            return null;
        }

        private void both(Expr.Binary expression, boolean and) {
            if (and == when) {
                Label past = code.label();
                branch(expression.left(), !when, past);
                branch(expression.right(), when, label);
                code.place(past);
            } else {
                branch(expression.left(), when, label);
                branch(expression.right(), when, label);
            }
        }

        private void compare(Expr.Binary expression, Condition condition) {
            code.jumpIf(expressions.lower(expression.left()), when ? condition : condition.negated(),
                    expressions.lower(expression.right()), label);
        }
    }
}
