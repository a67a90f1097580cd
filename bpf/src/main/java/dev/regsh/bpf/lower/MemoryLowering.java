// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
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
    private final ExpressionLowering expressions;
    private final Optional<BooleanSupplier> waits;

    /** @param waits in a rule at a user program: whether its programs may sleep; empty: the rule is in the kernel */
    MemoryLowering(Frame frame, ExpressionLowering expressions, Optional<BooleanSupplier> waits) {
        this.frame = frame;
        this.expressions = expressions;
        this.waits = waits;
    }

    private boolean waits() {
        return waits.isPresent() && waits.get().getAsBoolean();
    }

    int load(MemoryOperand place) {
        return load(place, address(place));
    }

    /** The place's address in a value of its own. */
    Value address(MemoryOperand place) {
        Value base = expressions.lower(place.address());
        if (base.isConstant()) {
            return Value.of(base.constant() + place.offset());
        }
        if (place.offset() == (int) place.offset()) {
            if (place.offset() != 0) {
                frame.code.add(new Op.BinaryConstant(Alu.ADD, true, base.id(), (int) place.offset()));
            }
        } else {
            frame.code.add(new Op.Binary(Alu.ADD, true, base.id(), frame.constant(place.offset())));
        }
        return base;
    }

    /** The integer at an address. */
    int load(MemoryOperand place, Value address) {
        int at = frame.word();
        read(place.user(), at, place.bytes(), address, place.label());
        int value = frame.code.newValue();
        frame.code.add(new Op.StackLoad(value, place.bytes(), at));
        if (place.isBitField()) {
            int above = 64 - place.shift() - place.bits();
            if (above > 0) {
                frame.code.add(new Op.BinaryConstant(Alu.LSH, true, value, above));
            }
            frame.code.add(new Op.BinaryConstant(place.signed() ? Alu.ARSH : Alu.RSH, true, value, 64 - place.bits()));
        } else if (place.signed()) {
            frame.cut(value, place.bits(), true);
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
        int result = frame.call(!user ? Helper.PROBE_READ_KERNEL : waits() ? Helper.COPY_FROM_USER : Helper.PROBE_READ_USER,
                new Argument.Stack(stack), new Argument.Constant(bytes), Frame.argument(address));
        frame.code.add(new Op.BranchConstant(Condition.NE, result, 0, failed(user, what)));
    }

    /** Copies a string with its NUL to the stack, cut to fit. */
    void readString(boolean user, int stack, int bytes, Value address, String what) {
        note(address);
        int read = frame.code.newLabel();
        if (user && waits()) {
            int result = string(true, stack, bytes, address);
            frame.code.add(new Op.BranchConstant(Condition.SGE, result, 0, read));
            // No helper waits for a string: fetch the pages that it may be in, then try again.
            fetch(stack, address);
            Value last = address.isConstant() ? Value.of(address.constant() + bytes - 1) : Value.at(frame.copy(address.id()));
            if (!address.isConstant()) {
                frame.code.add(new Op.BinaryConstant(Alu.ADD, true, last.id(), bytes - 1));
            }
            fetch(stack, last);
        }
        int result = string(user, stack, bytes, address);
        frame.code.add(new Op.BranchConstant(Condition.SLT, result, 0, failed(user, what)));
        frame.code.add(new Op.Place(read));
    }

    private int string(boolean user, int stack, int bytes, Value address) {
        return frame.call(user ? Helper.PROBE_READ_USER_STR : Helper.PROBE_READ_KERNEL_STR, new Argument.Stack(stack),
                new Argument.Constant(bytes), Frame.argument(address));
    }

    private void fetch(int stack, Value address) {
        frame.callOnly(Helper.COPY_FROM_USER, new Argument.Stack(stack), new Argument.Constant(1), Frame.argument(address));
    }

    private void note(Value address) {
        frame.code.add(address.isImmediate() ? new Op.StackStoreConstant(8, frame.address(), (int) address.constant())
                : new Op.StackStore(8, frame.address(), frame.id(address)));
    }

    private int failed(boolean user, String what) {
        return frame.failed(!user ? Failing.Kind.KERNEL_READ : waits.isEmpty() ? Failing.Kind.USER_READ
                : waits() ? Failing.Kind.USER_READ_WAITS : Failing.Kind.USER_READ_NO_WAIT, what, EFAULT);
    }
}
