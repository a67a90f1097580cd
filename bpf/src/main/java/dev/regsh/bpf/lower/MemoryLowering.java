// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.typed.MemoryOperand;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads of memory that may not be there: the kernel copies, and a failed copy ends the rule. A page of the process that is not
 * in memory is waited for where programs may sleep.
 */
final class MemoryLowering {
    private static final int EFAULT = 14;

    private final Frame frame;
    private final CodeBuilder code;
    private final ExpressionLowering expressions;
    private final Optional<BooleanSupplier> waits;

    /** @param waits in a rule at a user program: whether its programs may sleep; empty: the rule is in the kernel */
    MemoryLowering(Frame frame, ExpressionLowering expressions, Optional<BooleanSupplier> waits) {
        this.frame = frame;
        code = frame.code;
        this.expressions = expressions;
        this.waits = waits;
    }

    private boolean waits() {
        return waits.isPresent() && waits.get().getAsBoolean();
    }

    Value load(MemoryOperand place) {
        return load(place, address(place));
    }

    /** The place's address in a value of its own. */
    Value address(MemoryOperand place) {
        return plus(expressions.lower(place.address()), place.offset());
    }

    /** The value itself, so much larger now. */
    private Value plus(Value value, long more) {
        if (value.isConstant()) {
            return Value.of(value.constant() + more);
        }
        if (more != 0) {
            code.alu(value, Alu.ADD, more);
        }
        return value;
    }

    /** The integer at an address. */
    Value load(MemoryOperand place, Value address) {
        int at = frame.word();
        read(place.user(), at, place.bytes(), address, place.label());
        Value value = code.loadStack(place.bytes(), at);
        if (place.isBitField()) {
            int above = Long.SIZE - place.shift() - place.bits();
            if (above > 0) {
                code.alu(value, Alu.LSH, above);
            }
            code.alu(value, place.signed() ? Alu.ARSH : Alu.RSH, Long.SIZE - place.bits());
        } else if (place.signed()) {
            code.cut(value, place.bits(), true);
        }
        return value;
    }

    /**
     * Copies memory to the stack.
     *
     * @param what is read, as the rule has it
     */
    void read(boolean user, int stack, int bytes, Value address, String what) {
        note(address);
        Value failed = code.call(!user ? Helper.PROBE_READ_KERNEL : waits() ? Helper.COPY_FROM_USER : Helper.PROBE_READ_USER,
                Argument.stack(stack), Value.of(bytes), address);
        code.jumpIf(failed, Condition.NE, 0, failed(user, what));
    }

    /** The 8 bytes at an address. */
    Value readWord(boolean user, Value address, String what) {
        read(user, frame.word(), Frame.WORD, address, what);
        return code.loadStack(frame.word());
    }

    /** Copies a string with its NUL to the stack, cut to fit. */
    void readString(boolean user, int stack, int bytes, Value address, String what) {
        note(address);
        Label read = code.label();
        if (user && waits()) {
            code.jumpIf(string(true, stack, bytes, address), Condition.SGE, 0, read);
            // No helper waits for a string: fetch the pages that it may be in, then try again.
            fetch(stack, address);
            fetch(stack, plus(address.isConstant() ? address : code.copy(address), bytes - 1));
        }
        code.jumpIf(string(user, stack, bytes, address), Condition.SLT, 0, failed(user, what));
        code.place(read);
    }

    /** Its length, or a negative errno. */
    private Value string(boolean user, int stack, int bytes, Value address) {
        return code.call(user ? Helper.PROBE_READ_USER_STR : Helper.PROBE_READ_KERNEL_STR, Argument.stack(stack), Value.of(bytes),
                address);
    }

    private void fetch(int stack, Value address) {
        code.run(Helper.COPY_FROM_USER, Argument.stack(stack), Value.of(1), address);
    }

    private void note(Value address) {
        code.storeStack(frame.address(), address);
    }

    private Label failed(boolean user, String what) {
        return frame.failed(!user ? Failing.Kind.KERNEL_READ : waits.isEmpty() ? Failing.Kind.USER_READ
                : waits() ? Failing.Kind.USER_READ_WAITS : Failing.Kind.USER_READ_NO_WAIT, what, EFAULT);
    }
}
