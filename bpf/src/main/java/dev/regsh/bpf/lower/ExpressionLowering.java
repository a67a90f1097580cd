// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.encode.Alu;
import dev.regsh.bpf.encode.Condition;
import dev.regsh.bpf.encode.Helper;
import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.RegisterNames;
import dev.regsh.grammar.ast.BinaryOperator;
import dev.regsh.grammar.ast.Expression;
import dev.regsh.grammar.ast.IntType;
import dev.regsh.grammar.ast.UnaryOperator;
import dev.regsh.grammar.errno.Errno;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Expressions to intermediate code; constants are folded on the way. Registers are unsigned, literals signed, as in C. */
final class ExpressionLowering {
    /** TASK_COMM_LEN of the kernel. */
    static final int COMM_BYTES = 16;

    private final CodeBuilder code;
    private final RegisterTable registers;
    private final boolean after;
    /** Loaded once, where the counters are at hand: the count before this hit. */
    private final java.util.function.IntSupplier hits;

    ExpressionLowering(CodeBuilder code, RegisterTable registers, boolean after, java.util.function.IntSupplier hits) {
        this.code = code;
        this.registers = registers;
        this.after = after;
        this.hits = hits;
    }

    Value lower(Expression expression) {
        int column = code.column();
        code.column(expression.span().column());
        try {
            return value(expression);
        } finally {
            code.column(column);
        }
    }

    private Value value(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Value.of(literal.value(), true);
        } else if (expression instanceof Expression.Errno errno) {
            return Value.of(-Errno.number(errno.name()).orElseThrow(), true);
        } else if (expression instanceof Expression.Name name) {
            return name(name);
        } else if (expression instanceof Expression.Unary unary) {
            return unary(unary);
        } else if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        } else if (expression instanceof Expression.Conditional choice) {
            return conditional(choice);
        } else if (expression instanceof Expression.Cast cast) {
            return cast(cast.type(), lower(cast.operand()));
        } else if (expression instanceof Expression.Memory memory) {
            throw Errors.at(memory.span(), "memory cannot be read in rules yet", "registers and constants can");
        } else if (expression instanceof Expression.Text text) {
            throw Errors.at(text.span(), "a string stands alone", "compare it: comm == \"cat\"");
        }
        throw Errors.at(expression.span(), "fields and strings in memory cannot be read in rules yet",
                "registers, constants and comm can");
    }

    private Value name(Expression.Name name) {
        Register register = name.parameter() ? null : RegisterNames.find(registers, name.name());
        if (name.name().equals("ret") && !name.parameter()) {
            if (!after) {
                throw Errors.at(name.span(), "nothing has been returned yet", "ret has a value in after rules");
            }
            register = registers.result();
        }
        if (register != null) {
            return register(register);
        }
        return switch (name.name()) {
            case "pid" -> shifted(call(Helper.GET_CURRENT_PID_TGID), 32);
            case "tid" -> masked(call(Helper.GET_CURRENT_PID_TGID));
            case "uid" -> masked(call(Helper.GET_CURRENT_UID_GID));
            case "gid" -> shifted(call(Helper.GET_CURRENT_UID_GID), 32);
            case "cpu" -> masked(call(Helper.GET_SMP_PROCESSOR_ID));
            case "time" -> new Value(call(Helper.KTIME_GET_NS), 0, false);
            case "cgroup" -> new Value(call(Helper.GET_CURRENT_CGROUP_ID), 0, false);
            case "hits" -> new Value(hits.getAsInt(), 0, false);
            case "comm" -> throw Errors.at(name.span(), "comm is a string", "compare it: comm == \"cat\"");
            default -> throw unknown(name);
        };
    }

    private RuntimeException unknown(Expression.Name name) {
        if (Errno.number(name.name()).isPresent()) {
            return Errors.at(name.span(), name.name() + " is an errno", "kernel functions return it negated: -" + name.name());
        }
        String absent = registers.whyAbsent(name.name());
        return absent != null ? Errors.at(name.span(), absent) : Errors.at(name.span(), "nothing is named '" + name.name() + "'",
                Errors.didYouMean(RegisterNames.near(registers, name.name())));
    }

    private Value register(Register register) {
        int value = code.newValue();
        code.add(new Op.ContextLoad(value, 8, register.slot() * 8));
        if (register.shift() > 0) {
            code.add(new Op.BinaryConstant(Alu.RSH, true, value, register.shift()));
        }
        if (register.bits() == 32) {
            // Shifts, since a 32-bit mask is no 32-bit immediate.
            code.add(new Op.BinaryConstant(Alu.LSH, true, value, 32));
            code.add(new Op.BinaryConstant(Alu.RSH, true, value, 32));
        } else if (register.bits() < 32) {
            code.add(new Op.BinaryConstant(Alu.AND, true, value, (1 << register.bits()) - 1));
        }
        return new Value(value, 0, false);
    }

    private int call(Helper helper) {
        int value = code.newValue();
        code.add(new Op.Call(new Target.Helper(helper), value, List.of()));
        return value;
    }

    private Value shifted(int value, int bits) {
        code.add(new Op.BinaryConstant(Alu.RSH, true, value, bits));
        return new Value(value, 0, false);
    }

    private Value masked(int value) {
        code.add(new Op.BinaryConstant(Alu.LSH, true, value, 32));
        code.add(new Op.BinaryConstant(Alu.RSH, true, value, 32));
        return new Value(value, 0, false);
    }

    /** The value in a number of its own, free to be changed. */
    int materialize(Value value) {
        int copy = code.newValue();
        code.add(value.isConstant() ? new Op.Constant(copy, value.constant()) : new Op.Copy(copy, value.id()));
        return copy;
    }

    private Value unary(Expression.Unary unary) {
        Value operand = lower(unary.operand());
        UnaryOperator operator = unary.operator();
        if (operator == UnaryOperator.PLUS) {
            return operand;
        }
        if (operator == UnaryOperator.NOT) {
            return compare(Condition.EQ, operand, Value.of(0, true));
        }
        if (operand.isConstant()) {
            long value = operand.constant();
            return Value.of(operator == UnaryOperator.NEGATE ? -value : ~value, operand.signed());
        }
        int result = materialize(operand);
        code.add(operator == UnaryOperator.NEGATE ? new Op.Negate(result) : new Op.BinaryConstant(Alu.XOR, true, result, -1));
        return new Value(result, 0, operand.signed());
    }

    private Value cast(IntType type, Value operand) {
        if (operand.isConstant()) {
            return Value.of(ConstantFolding.cast(type, operand.constant()), type.signed());
        }
        int result = materialize(operand);
        int shift = 64 - type.bytes() * 8;
        if (shift > 0) {
            code.add(new Op.BinaryConstant(Alu.LSH, true, result, shift));
            code.add(new Op.BinaryConstant(type.signed() ? Alu.ARSH : Alu.RSH, true, result, shift));
        }
        return new Value(result, 0, type.signed());
    }

    private Value binary(Expression.Binary binary) {
        if (binary.left() instanceof Expression.Name name && name.name().equals("comm") && !name.parameter()) {
            return comm(binary);
        }
        BinaryOperator operator = binary.operator();
        if (operator == BinaryOperator.AND || operator == BinaryOperator.OR) {
            return logical(binary);
        }
        if (operator == BinaryOperator.MATCH) {
            throw Errors.at(binary.span(), "~ compares strings", "comm ~ \"nginx*\"");
        }
        Value left = lower(binary.left());
        Value right = lower(binary.right());
        boolean shift = operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT;
        boolean signed = shift ? left.signed() : left.signed() && right.signed();
        if (left.isConstant() && right.isConstant()) {
            return Value.of(ConstantFolding.binary(operator, left.constant(), right.constant(), signed),
                    condition(operator, signed) != null || signed);
        }
        Condition condition = condition(operator, signed);
        if (condition != null) {
            return compare(condition, left, right);
        }
        if (signed && (operator == BinaryOperator.DIVIDE || operator == BinaryOperator.REMAINDER)) {
            return signedDivision(operator == BinaryOperator.DIVIDE, left, right);
        }
        int result = materialize(left);
        int other = materialize(right);
        if (shift) {
            code.add(new Op.BinaryConstant(Alu.AND, true, other, 63));
        }
        code.add(new Op.Binary(alu(operator, signed), true, result, other));
        return new Value(result, 0, signed);
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

    private static Condition condition(BinaryOperator operator, boolean signed) {
        return switch (operator) {
            case LESS -> signed ? Condition.SLT : Condition.LT;
            case LESS_EQUAL -> signed ? Condition.SLE : Condition.LE;
            case GREATER -> signed ? Condition.SGT : Condition.GT;
            case GREATER_EQUAL -> signed ? Condition.SGE : Condition.GE;
            case EQUAL -> Condition.EQ;
            case NOT_EQUAL -> Condition.NE;
            default -> null;
        };
    }

    /** 1 where the condition holds, else 0. */
    private Value compare(Condition condition, Value left, Value right) {
        if (left.isConstant() && right.isConstant()) {
            boolean holds = condition == Condition.EQ && left.constant() == right.constant();
            return Value.of(ConstantFolding.truth(holds), true);
        }
        int one = materialize(left);
        int result = code.newValue();
        int end = code.newLabel();
        if (right.isConstant() && right.constant() == (int) right.constant()) {
            code.add(new Op.Constant(result, 1));
            code.add(new Op.BranchConstant(condition, one, (int) right.constant(), end));
        } else {
            int other = materialize(right);
            code.add(new Op.Constant(result, 1));
            code.add(new Op.Branch(condition, one, other, end));
        }
        code.add(new Op.Constant(result, 0));
        code.add(new Op.Place(end));
        return new Value(result, 0, true);
    }

    /** BPF divides unsigned only: divide the magnitudes, then give the sign; x / 0 stays 0 and x % 0 stays x. */
    private Value signedDivision(boolean quotient, Value left, Value right) {
        int dividend = materialize(left);
        int divisor = materialize(right);
        int sign = materialize(new Value(dividend, 0, true));
        if (quotient) {
            code.add(new Op.Binary(Alu.XOR, true, sign, divisor));
        }
        magnitude(dividend);
        magnitude(divisor);
        code.add(new Op.Binary(quotient ? Alu.DIV : Alu.MOD, true, dividend, divisor));
        int end = code.newLabel();
        code.add(new Op.BranchConstant(Condition.SGE, sign, 0, end));
        code.add(new Op.Negate(dividend));
        code.add(new Op.Place(end));
        return new Value(dividend, 0, true);
    }

    private void magnitude(int value) {
        int end = code.newLabel();
        code.add(new Op.BranchConstant(Condition.SGE, value, 0, end));
        code.add(new Op.Negate(value));
        code.add(new Op.Place(end));
    }

    /** The right side is computed only where the left leaves it open. */
    private Value logical(Expression.Binary binary) {
        boolean and = binary.operator() == BinaryOperator.AND;
        int result = code.newValue();
        int end = code.newLabel();
        int left = materialize(lower(binary.left()));
        code.add(new Op.Constant(result, and ? 0 : 1));
        code.add(new Op.BranchConstant(and ? Condition.EQ : Condition.NE, left, 0, end));
        int right = materialize(lower(binary.right()));
        code.add(new Op.Constant(result, and ? 0 : 1));
        code.add(new Op.BranchConstant(and ? Condition.EQ : Condition.NE, right, 0, end));
        code.add(new Op.Constant(result, and ? 1 : 0));
        code.add(new Op.Place(end));
        return new Value(result, 0, true);
    }

    private Value conditional(Expression.Conditional choice) {
        int condition = materialize(lower(choice.condition()));
        int result = code.newValue();
        int otherwise = code.newLabel();
        int end = code.newLabel();
        code.add(new Op.BranchConstant(Condition.EQ, condition, 0, otherwise));
        Value then = lower(choice.then());
        code.add(then.isConstant() ? new Op.Constant(result, then.constant()) : new Op.Copy(result, then.id()));
        code.add(new Op.Jump(end));
        code.add(new Op.Place(otherwise));
        Value other = lower(choice.otherwise());
        code.add(other.isConstant() ? new Op.Constant(result, other.constant()) : new Op.Copy(result, other.id()));
        code.add(new Op.Place(end));
        return new Value(result, 0, then.signed() && other.signed());
    }

    private Value comm(Expression.Binary binary) {
        boolean equal = binary.operator() == BinaryOperator.EQUAL;
        if (!(binary.right() instanceof Expression.Text text) || !equal && binary.operator() != BinaryOperator.NOT_EQUAL) {
            throw Errors.at(binary.span(), "comm compares with a string by == or !=", "comm == \"cat\"");
        }
        int result = code.newValue();
        int end = code.newLabel();
        int different = code.newLabel();
        compareComm(text, different);
        code.add(new Op.Constant(result, equal ? 1 : 0));
        code.add(new Op.Jump(end));
        code.add(new Op.Place(different));
        code.add(new Op.Constant(result, equal ? 0 : 1));
        code.add(new Op.Place(end));
        return new Value(result, 0, true);
    }

    /** Goes on where the task's name is that string, jumps where it is not. */
    void compareComm(Expression.Text text, int different) {
        byte[] wanted = text.value().getBytes(StandardCharsets.UTF_8);
        if (wanted.length >= COMM_BYTES) {
            throw Errors.at(text.span(), "a comm has at most 15 bytes, this has " + wanted.length,
                    "the kernel cuts longer names");
        }
        int at = code.newStack(COMM_BYTES);
        for (int i = 0; i < COMM_BYTES; i += 8) {
            code.add(new Op.StackStoreConstant(8, at + i, 0));
        }
        code.add(new Op.Call(new Target.Helper(Helper.GET_CURRENT_COMM), Op.NONE,
                List.of(new Argument.Stack(at), new Argument.Constant(COMM_BYTES))));
        // With its NUL; what stands behind it is not looked at.
        for (int i = 0; i <= wanted.length;) {
            int bytes = Integer.highestOneBit(Math.min(8, wanted.length + 1 - i));
            long word = 0;
            for (int k = bytes - 1; k >= 0; k--) {
                word = word << 8 | (i + k < wanted.length ? wanted[i + k] & 0xFF : 0);
            }
            int seen = code.newValue();
            int expected = code.newValue();
            code.add(new Op.StackLoad(seen, bytes, at + i));
            code.add(new Op.Constant(expected, word));
            code.add(new Op.Branch(Condition.NE, seen, expected, different));
            i += bytes;
        }
    }
}
