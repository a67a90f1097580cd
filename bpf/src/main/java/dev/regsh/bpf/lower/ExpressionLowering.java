// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.eval.Arithmetic;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.typed.ContextName;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.grammar.expression.BinaryOperator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/** Typed expressions to intermediate code; constants are folded on the way. */
final class ExpressionLowering {
    private final Frame frame;
    private final MemoryLowering memory;
    private final StringLowering strings;
    /** The count before this hit. */
    private final IntSupplier hits;
    /** A copy of what an argument register held at the entry. */
    private final ToIntFunction<Register> entryValue;

    /** @param waits in a rule at a user program: whether its programs may sleep; empty: the rule is in the kernel */
    ExpressionLowering(Frame frame, Optional<BooleanSupplier> waits, IntSupplier hits, ToIntFunction<Register> entryValue) {
        this.frame = frame;
        this.hits = hits;
        this.entryValue = entryValue;
        memory = new MemoryLowering(frame, this, waits);
        strings = new StringLowering(frame, this);
    }

    MemoryLowering memory() {
        return memory;
    }

    StringLowering strings() {
        return strings;
    }

    Value lower(Expr expression) {
        int column = frame.code.column();
        frame.code.column(expression.span().column());
        Value value = value(expression);
        frame.code.column(column);
        return value;
    }

    /** The value in a number of its own, free to be changed. */
    int id(Expr expression) {
        return frame.id(lower(expression));
    }

    private Value value(Expr expression) {
        if (expression instanceof Expr.Constant constant) {
            return Value.of(constant.value());
        } else if (expression instanceof Expr.RegisterValue register) {
            return Value.at(register(register.register()));
        } else if (expression instanceof Expr.Context context) {
            return Value.at(context(context.name()));
        } else if (expression instanceof Expr.EntryValue entry) {
            return Value.at(entryValue.applyAsInt(entry.register()));
        } else if (expression instanceof Expr.Load load) {
            return Value.at(memory.load(load.place()));
        } else if (expression instanceof Expr.Cast cast) {
            return cast(cast);
        } else if (expression instanceof Expr.Negate negate) {
            return negate(lower(negate.operand()));
        } else if (expression instanceof Expr.Complement complement) {
            return complement(lower(complement.operand()));
        } else if (expression instanceof Expr.Choice choice) {
            return choice(choice);
        } else if (expression instanceof Expr.Binary binary && condition(binary) == null && !logical(binary)) {
            return arithmetic(binary);
        }
        return truth(expression);
    }

    private int register(Register register) {
        int value = frame.code.newValue();
        frame.code.add(new Op.ContextLoad(value, 8, register.slot() * 8));
        if (register.shift() > 0) {
            frame.code.add(new Op.BinaryConstant(Alu.RSH, true, value, register.shift()));
        }
        if (register.bits() == 32) {
            // Shifts, since a 32-bit mask is no 32-bit immediate.
            frame.cut(value, 32, false);
        } else if (register.bits() < 32) {
            frame.code.add(new Op.BinaryConstant(Alu.AND, true, value, (1 << register.bits()) - 1));
        }
        return value;
    }

    int context(ContextName name) {
        return switch (name) {
            case PID -> frame.copy(frame.process());
            case TID -> low(frame.copy(frame.thread()));
            case UID -> low(frame.call(Helper.GET_CURRENT_UID_GID));
            case GID -> shifted(frame.call(Helper.GET_CURRENT_UID_GID));
            case CPU -> low(frame.call(Helper.GET_SMP_PROCESSOR_ID));
            case CGROUP -> frame.call(Helper.GET_CURRENT_CGROUP_ID);
            case TIME -> frame.call(Helper.KTIME_GET_NS);
            case HITS -> hits.getAsInt();
        };
    }

    private int shifted(int value) {
        frame.code.add(new Op.BinaryConstant(Alu.RSH, true, value, 32));
        return value;
    }

    private int low(int value) {
        frame.cut(value, 32, false);
        return value;
    }

    private Value cast(Expr.Cast cast) {
        Value operand = lower(cast.operand());
        if (operand.isConstant()) {
            return Value.of(Arithmetic.cut(cast.bytes() * 8, cast.signed(), operand.constant()));
        }
        frame.cut(operand.id(), cast.bytes() * 8, cast.signed());
        return operand;
    }

    private Value negate(Value operand) {
        if (operand.isConstant()) {
            return Value.of(-operand.constant());
        }
        frame.code.add(new Op.Negate(operand.id()));
        return operand;
    }

    private Value complement(Value operand) {
        if (operand.isConstant()) {
            return Value.of(~operand.constant());
        }
        frame.code.add(new Op.BinaryConstant(Alu.XOR, true, operand.id(), -1));
        return operand;
    }

    private Value choice(Expr.Choice choice) {
        if (choice.condition() instanceof Expr.Constant constant) {
            return lower(constant.value() != 0 ? choice.then() : choice.otherwise());
        }
        int result = frame.code.newValue();
        int otherwise = frame.code.newLabel();
        int end = frame.code.newLabel();
        branch(choice.condition(), false, otherwise);
        assign(result, lower(choice.then()));
        frame.code.add(new Op.Jump(end));
        frame.code.add(new Op.Place(otherwise));
        assign(result, lower(choice.otherwise()));
        frame.code.add(new Op.Place(end));
        return Value.at(result);
    }

    private void assign(int result, Value value) {
        frame.code.add(value.isConstant() ? new Op.Constant(result, value.constant()) : new Op.Copy(result, value.id()));
    }

    private Value arithmetic(Expr.Binary binary) {
        BinaryOperator operator = binary.operator();
        Value left = lower(binary.left());
        Value right = lower(binary.right());
        if (left.isConstant() && right.isConstant()) {
            return Value.of(Arithmetic.binary(operator, left.constant(), right.constant(), binary.asSigned()));
        }
        boolean shift = operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
        boolean division = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.REMAINDER;
        if (shift && right.isConstant()) {
            right = Value.of(right.constant() & 63);
        }
        int result = frame.id(left);
        if (division && binary.asSigned()) {
            return Value.at(signedDivision(operator == BinaryOperator.DIVIDE, result, frame.id(right)));
        }
        // The verifier refuses a division by a constant 0; a register that holds it divides as eBPF says.
        if (right.isImmediate() && !(division && right.constant() == 0)) {
            frame.code.add(new Op.BinaryConstant(alu(operator, binary.asSigned()), true, result, (int) right.constant()));
            return Value.at(result);
        }
        int other = frame.id(right);
        if (shift) {
            frame.code.add(new Op.BinaryConstant(Alu.AND, true, other, 63));
        }
        frame.code.add(new Op.Binary(alu(operator, binary.asSigned()), true, result, other));
        return Value.at(result);
    }

    private static Alu alu(BinaryOperator operator, boolean signed) {
        return switch (operator) {
            case MULTIPLY -> Alu.MUL;
            case DIVIDE -> Alu.DIV;
            case REMAINDER -> Alu.MOD;
            case ADD -> Alu.ADD;
            case SUBTRACT -> Alu.SUB;
            case SHIFT_LEFT -> Alu.LSH;
            case SHIFT_RIGHT -> signed ? Alu.ARSH : Alu.RSH;
            case BIT_AND -> Alu.AND;
            case BIT_XOR -> Alu.XOR;
            case BIT_OR -> Alu.OR;
            default -> throw new IllegalStateException(operator.symbol());
        };
    }

    /** BPF divides unsigned only: divide the magnitudes, then give the sign; x / 0 stays 0 and x % 0 stays x. */
    private int signedDivision(boolean quotient, int dividend, int divisor) {
        int sign = frame.copy(dividend);
        if (quotient) {
            frame.code.add(new Op.Binary(Alu.XOR, true, sign, divisor));
        }
        magnitude(dividend);
        magnitude(divisor);
        frame.code.add(new Op.Binary(quotient ? Alu.DIV : Alu.MOD, true, dividend, divisor));
        int end = frame.code.newLabel();
        frame.code.add(new Op.BranchConstant(Condition.SGE, sign, 0, end));
        frame.code.add(new Op.Negate(dividend));
        frame.code.add(new Op.Place(end));
        return dividend;
    }

    private void magnitude(int value) {
        int end = frame.code.newLabel();
        frame.code.add(new Op.BranchConstant(Condition.SGE, value, 0, end));
        frame.code.add(new Op.Negate(value));
        frame.code.add(new Op.Place(end));
    }

    private static boolean logical(Expr.Binary binary) {
        return binary.operator() == BinaryOperator.AND || binary.operator() == BinaryOperator.OR;
    }

    /** Null: no comparison. */
    private static Condition condition(Expr.Binary binary) {
        boolean signed = binary.asSigned();
        return switch (binary.operator()) {
            case LESS -> signed ? Condition.SLT : Condition.LT;
            case LESS_EQUAL -> signed ? Condition.SLE : Condition.LE;
            case GREATER -> signed ? Condition.SGT : Condition.GT;
            case GREATER_EQUAL -> signed ? Condition.SGE : Condition.GE;
            case EQUAL -> Condition.EQ;
            case NOT_EQUAL -> Condition.NE;
            default -> null;
        };
    }

    /** 1 or 0. */
    private Value truth(Expr expression) {
        int result = frame.code.newValue();
        int yes = frame.code.newLabel();
        int end = frame.code.newLabel();
        branch(expression, true, yes);
        frame.code.add(new Op.Constant(result, 0));
        frame.code.add(new Op.Jump(end));
        frame.code.add(new Op.Place(yes));
        frame.code.add(new Op.Constant(result, 1));
        frame.code.add(new Op.Place(end));
        return Value.at(result);
    }

    /** Jumps where the expression's truth is {@code when}, goes on where it is not. */
    void branch(Expr expression, boolean when, int label) {
        int column = frame.code.column();
        frame.code.column(expression.span().column());
        jump(expression, when, label);
        frame.code.column(column);
    }

    private void jump(Expr expression, boolean when, int label) {
        if (expression instanceof Expr.Not not) {
            branch(not.operand(), !when, label);
        } else if (expression instanceof Expr.StringTest test) {
            strings.branch(test, when, label);
        } else if (expression instanceof Expr.Binary binary && logical(binary)) {
            boolean and = binary.operator() == BinaryOperator.AND;
            if (and == when) {
                int past = frame.code.newLabel();
                branch(binary.left(), !when, past);
                branch(binary.right(), when, label);
                frame.code.add(new Op.Place(past));
            } else {
                branch(binary.left(), when, label);
                branch(binary.right(), when, label);
            }
        } else if (expression instanceof Expr.Binary binary && condition(binary) != null) {
            Condition condition = condition(binary);
            compare(when ? condition : condition.negated(), lower(binary.left()), lower(binary.right()), label);
        } else {
            compare(when ? Condition.NE : Condition.EQ, lower(expression), Value.of(0), label);
        }
    }

    /** Always a conditional jump: the verifier refuses code that nothing can reach. */
    private void compare(Condition condition, Value left, Value right, int label) {
        int one = frame.id(left);
        frame.code.add(right.isImmediate() ? new Op.BranchConstant(condition, one, (int) right.constant(), label)
                : new Op.Branch(condition, one, frame.id(right), label));
    }
}
