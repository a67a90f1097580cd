// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.encode.Alu;
import dev.regsh.bpf.encode.Condition;
import dev.regsh.bpf.encode.Helper;
import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.typed.Place;

/** Reads of memory that may not be there: the kernel copies, and a failed copy ends the rule. */
final class MemoryLowering {
    private final Frame frame;
    private final ExpressionLowering expressions;

    MemoryLowering(Frame frame, ExpressionLowering expressions) {
        this.frame = frame;
        this.expressions = expressions;
    }

    int load(Place place) {
        return load(place, address(place));
    }

    /** The place's address in a value of its own. */
    Value address(Place place) {
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
    int load(Place place, Value address) {
        int at = frame.word();
        read(place.user(), at, place.bytes(), address);
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

    /** Copies memory to the stack. */
    void read(boolean user, int stack, int bytes, Value address) {
        int result = frame.call(user ? Helper.PROBE_READ_USER : Helper.PROBE_READ_KERNEL, new Argument.Stack(stack),
                new Argument.Constant(bytes), Frame.argument(address));
        frame.code.add(new Op.BranchConstant(Condition.NE, result, 0, frame.fault()));
    }

    /** Copies a string with its NUL to the stack, cut to fit. */
    void readString(boolean user, int stack, int bytes, Value address) {
        int result = frame.call(user ? Helper.PROBE_READ_USER_STR : Helper.PROBE_READ_KERNEL_STR, new Argument.Stack(stack),
                new Argument.Constant(bytes), Frame.argument(address));
        frame.code.add(new Op.BranchConstant(Condition.SLT, result, 0, frame.fault()));
    }
}
