// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.Arithmetic;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Typed expressions to intermediate code; constants are folded on the way. */
final class ExpressionLowering implements Expr.Visitor<Value> {
    private final CodeBuilder code;
    private final ContextValues context;
    /** A copy of what an argument register held at the entry. */
    private final Function<Register, Value> entryValue;
    private final MemoryLowering memory;
    private final StringLowering strings;
    private final ArithmeticLowering arithmetic;
    private final ConditionLowering conditions;

    /** @param waits in a rule at a user program: whether its programs may sleep; empty: the rule is in the kernel */
    ExpressionLowering(Frame frame, Optional<BooleanSupplier> waits, Supplier<Value> hits, Function<Register, Value> entryValue) {
        code = frame.code;
        context = new ContextValues(frame, hits);
        this.entryValue = entryValue;
        memory = new MemoryLowering(frame, this, waits);
        strings = new StringLowering(frame, this);
        arithmetic = new ArithmeticLowering(code);
        conditions = new ConditionLowering(code, this);
    }

    ContextValues context() {
        return context;
    }

    MemoryLowering memory() {
        return memory;
    }

    StringLowering strings() {
        return strings;
    }

    ConditionLowering conditions() {
        return conditions;
    }

    /** Free to be changed, if it is no constant. */
    Value lower(Expr expression) {
        int column = code.column();
        code.column(expression.span().column());
        Value value = expression.accept(this);
        code.column(column);
        return value;
    }

    @Override
    public Value visitConstant(Expr.Constant expression) {
        return Value.of(expression.value());
    }

    @Override
    public Value visitRegisterValue(Expr.RegisterValue expression) {
        return context.register(expression.register());
    }

    @Override
    public Value visitContext(Expr.Context expression) {
        return context.of(expression.name());
    }

    @Override
    public Value visitEntryValue(Expr.EntryValue expression) {
        return entryValue.apply(expression.register());
    }

    @Override
    public Value visitLoad(Expr.Load expression) {
        return memory.load(expression.place());
    }

    @Override
    public Value visitCast(Expr.Cast expression) {
        Value operand = lower(expression.operand());
        int bits = expression.bytes() * 8;
        if (operand.isConstant()) {
            return Value.of(Arithmetic.cut(bits, expression.signed(), operand.constant()));
        }
        code.cut(operand, bits, expression.signed());
        return operand;
    }

    @Override
    public Value visitNegate(Expr.Negate expression) {
        Value operand = lower(expression.operand());
        if (operand.isConstant()) {
            return Value.of(-operand.constant());
        }
        code.negate(operand);
        return operand;
    }

    @Override
    public Value visitComplement(Expr.Complement expression) {
        Value operand = lower(expression.operand());
        if (operand.isConstant()) {
            return Value.of(~operand.constant());
        }
        code.complement(operand);
        return operand;
    }

    @Override
    public Value visitNot(Expr.Not expression) {
        return conditions.truth(expression);
    }

    @Override
    public Value visitStringTest(Expr.StringTest expression) {
        return conditions.truth(expression);
    }

    @Override
    public Value visitBinary(Expr.Binary expression) {
        return expression.isTruth() ? conditions.truth(expression) : arithmetic.binary(expression.operator(),
                expression.asSigned(), lower(expression.left()), lower(expression.right()));
    }

    @Override
    public Value visitChoice(Expr.Choice expression) {
        if (expression.condition() instanceof Expr.Constant constant) {
            return lower(constant.value() != 0 ? expression.then() : expression.otherwise());
        }
        Value result = code.variable();
        Label otherwise = code.label();
        Label end = code.label();
        conditions.branch(expression.condition(), false, otherwise);
        code.set(result, lower(expression.then()));
        code.jump(end);
        code.place(otherwise);
        code.set(result, lower(expression.otherwise()));
        code.place(end);
        return result;
    }
}
