// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.eval;

import dev.regsh.base.text.Glob;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.typed.Arithmetic;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.MemoryOperand;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.grammar.expression.BinaryOperator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What each typed expression means. Nothing here is shared with the lowering: compiled programs are tested against it. */
public final class Evaluator {
    private final Machine machine;

    public Evaluator(Machine machine) {
        this.machine = machine;
    }

    /** @throws Machine.Fault the expression reads memory that cannot be read */
    public long value(Expr expression) throws Machine.Fault {
        if (expression instanceof Expr.Constant e) {
            return e.value();
        } else if (expression instanceof Expr.RegisterValue e) {
            Register register = e.register();
            return Arithmetic.cut(register.bits(), false, machine.word(register.slot()) >>> register.shift());
        } else if (expression instanceof Expr.Context e) {
            return machine.context(e.name());
        } else if (expression instanceof Expr.EntryValue e) {
            return machine.entryValue(e.register().slot());
        } else if (expression instanceof Expr.Cast e) {
            return Arithmetic.cut(e.bytes() * 8, e.signed(), value(e.operand()));
        } else if (expression instanceof Expr.Negate e) {
            return -value(e.operand());
        } else if (expression instanceof Expr.Complement e) {
            return ~value(e.operand());
        } else if (expression instanceof Expr.Not e) {
            return Arithmetic.truth(value(e.operand()) == 0);
        } else if (expression instanceof Expr.Binary e) {
            return binary(e);
        } else if (expression instanceof Expr.Choice e) {
            return value(value(e.condition()) != 0 ? e.then() : e.otherwise());
        } else if (expression instanceof Expr.Load e) {
            return load(e.place());
        }
        return Arithmetic.truth(test((Expr.StringTest) expression));
    }

    private long binary(Expr.Binary binary) throws Machine.Fault {
        long left = value(binary.left());
        if (binary.operator() == BinaryOperator.AND && left == 0) {
            return 0;
        }
        if (binary.operator() == BinaryOperator.OR && left != 0) {
            return 1;
        }
        return Arithmetic.binary(binary.operator(), left, value(binary.right()), binary.asSigned());
    }

    private long load(MemoryOperand place) throws Machine.Fault {
        long address = value(place.address()) + place.offset();
        long word = 0;
        for (int i = place.bytes() - 1; i >= 0; i--) {
            word = word << 8 | (machine.read(place.user(), address + i) & 0xFF);
        }
        return Arithmetic.cut(place.bits(), place.signed(), word >>> place.shift());
    }

    private boolean test(Expr.StringTest test) throws Machine.Fault {
        byte[] text = test.text().getBytes(StandardCharsets.UTF_8);
        byte[] seen = string(test.source(), test.glob() ? test.source().most() : text.length + 1);
        boolean holds = test.glob() ? new Glob(text).matches(seen, 0, seen.length) : Arrays.equals(text, seen);
        return holds != test.negated();
    }

    /** No more than so many bytes of it are looked at. */
    private byte[] string(StringSource source, int most) throws Machine.Fault {
        if (!(source instanceof StringSource.Memory memory)) {
            return machine.comm();
        }
        long address = value(memory.address());
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        while (seen.size() < most) {
            byte next = machine.read(memory.user(), address + seen.size());
            if (next == 0) {
                break;
            }
            seen.write(next);
        }
        return seen.toByteArray();
    }
}
