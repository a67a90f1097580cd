// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import dev.regsh.base.text.Glob;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.MemoryOperand;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.grammar.expression.BinaryOperator;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What each typed expression means, to compare compiled programs with. Nothing here is shared with the compiler, its folding of
 * constants included: operators work on whole numbers of any size, of which the lowest 64 bits are kept.
 */
final class Evaluator implements Expr.Visitor<Long> {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private final HitState state;

    Evaluator(HitState state) {
        this.state = state;
    }

    /** @throws HitState.Fault the expression reads memory that cannot be read */
    long value(Expr expression) {
        return expression.accept(this);
    }

    @Override
    public Long visitConstant(Expr.Constant expression) {
        return expression.value();
    }

    @Override
    public Long visitRegisterValue(Expr.RegisterValue expression) {
        Register register = expression.register();
        return lowest(register.bits(), false, number(state.word(register.slot()), false).shiftRight(register.shift()));
    }

    @Override
    public Long visitContext(Expr.Context expression) {
        return state.context(expression.name());
    }

    @Override
    public Long visitEntryValue(Expr.EntryValue expression) {
        return state.entryValue(expression.register().slot());
    }

    @Override
    public Long visitCast(Expr.Cast expression) {
        return lowest(expression.bytes() * 8, expression.signed(), number(value(expression.operand()), false));
    }

    @Override
    public Long visitNegate(Expr.Negate expression) {
        return -value(expression.operand());
    }

    @Override
    public Long visitComplement(Expr.Complement expression) {
        return ~value(expression.operand());
    }

    @Override
    public Long visitNot(Expr.Not expression) {
        return truth(value(expression.operand()) == 0);
    }

    @Override
    public Long visitBinary(Expr.Binary expression) {
        long left = value(expression.left());
        if (expression.operator() == BinaryOperator.AND && left == 0) {
            return 0L;
        }
        if (expression.operator() == BinaryOperator.OR && left != 0) {
            return 1L;
        }
        long right = value(expression.right());
        return binary(expression.operator(), number(left, expression.asSigned()), number(right, expression.asSigned()));
    }

    @Override
    public Long visitChoice(Expr.Choice expression) {
        return value(value(expression.condition()) != 0 ? expression.then() : expression.otherwise());
    }

    @Override
    public Long visitLoad(Expr.Load expression) {
        MemoryOperand place = expression.place();
        long address = value(place.address()) + place.offset();
        byte[] highestFirst = new byte[place.bytes()];
        for (int i = 0; i < place.bytes(); i++) {
            highestFirst[place.bytes() - 1 - i] = state.read(place.user(), address + i);
        }
        return lowest(place.bits(), place.signed(), new BigInteger(1, highestFirst).shiftRight(place.shift()));
    }

    @Override
    public Long visitStringTest(Expr.StringTest expression) {
        byte[] text = expression.text().getBytes(StandardCharsets.UTF_8);
        byte[] seen = string(expression.source(), expression.glob() ? expression.source().most() : text.length + 1);
        boolean holds = expression.glob() ? new Glob(text).matches(seen, 0, seen.length) : Arrays.equals(text, seen);
        return truth(holds != expression.negated());
    }

    /** As in C, but division by zero gives 0, its remainder is what is divided, and shifts take six bits. */
    private static long binary(BinaryOperator operator, BigInteger left, BigInteger right) {
        boolean byZero = right.signum() == 0;
        int bits = right.intValue() & 63;
        return switch (operator) {
            case MULTIPLY -> left.multiply(right).longValue();
            case DIVIDE -> byZero ? 0 : left.divide(right).longValue();
            case REMAINDER -> (byZero ? left : left.remainder(right)).longValue();
            case ADD -> left.add(right).longValue();
            case SUBTRACT -> left.subtract(right).longValue();
            case SHIFT_LEFT -> left.shiftLeft(bits).longValue();
            case SHIFT_RIGHT -> left.shiftRight(bits).longValue();
            case LESS -> truth(left.compareTo(right) < 0);
            case LESS_EQUAL -> truth(left.compareTo(right) <= 0);
            case GREATER -> truth(left.compareTo(right) > 0);
            case GREATER_EQUAL -> truth(left.compareTo(right) >= 0);
            case EQUAL -> truth(left.equals(right));
            case NOT_EQUAL -> truth(!left.equals(right));
            case BIT_AND -> left.and(right).longValue();
            case BIT_XOR -> left.xor(right).longValue();
            case BIT_OR -> left.or(right).longValue();
            case AND, OR -> truth(!byZero);
            case MATCH -> throw new IllegalStateException("strings only");
        };
    }

    private static BigInteger number(long word, boolean signed) {
        BigInteger value = BigInteger.valueOf(word);
        return signed || word >= 0 ? value : value.add(TWO_TO_64);
    }

    /** The lowest bits of a number, extended by their signedness. */
    private static long lowest(int bits, boolean signed, BigInteger number) {
        BigInteger range = BigInteger.ONE.shiftLeft(bits);
        BigInteger rest = number.mod(range);
        return (signed && rest.testBit(bits - 1) ? rest.subtract(range) : rest).longValue();
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    /** No more than so many bytes of it are looked at. */
    private byte[] string(StringSource source, int most) {
        return source.accept(new StringSource.Visitor<>() {
            @Override
            public byte[] visitComm(StringSource.Comm comm) {
                return state.comm();
            }

            @Override
            public byte[] visitMemory(StringSource.Memory memory) {
                long address = value(memory.address());
                ByteArrayOutputStream seen = new ByteArrayOutputStream();
                while (seen.size() < most) {
                    byte next = state.read(memory.user(), address + seen.size());
                    if (next == 0) {
                        break;
                    }
                    seen.write(next);
                }
                return seen.toByteArray();
            }
        });
    }
}
