// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.typed.Selector;

/**
 * Who called. The return address of a function that was just entered is the immediate caller's, which an unwinder that goes by frame pointers
 * does not see at a function's entry; the deeper ones are the kernel's to find: in a user program, as far as it keeps frame
 * pointers.
 */
final class CallerLowering {
    /** Callers that are looked at, the probed function itself included. */
    private static final int DEPTH = 24;
    /** BPF_F_USER_STACK (include/uapi/linux/bpf.h). */
    private static final int USER_STACK = 1 << 8;

    private final CodeBuilder code;
    private final Frame frame;
    private final MemoryLowering memory;
    private final RegisterTable registers;
    private final Label out;

    CallerLowering(Frame frame, MemoryLowering memory, RegisterTable registers, Label out) {
        code = frame.code;
        this.frame = frame;
        this.memory = memory;
        this.registers = registers;
        this.out = out;
    }

    /** Jumps where that function is not among them. */
    void lower(Selector.Caller caller) {
        Label found = code.label();
        // A return address may lie right behind the last instruction, a call of what does not return.
        Value start = code.constant(caller.start() + 1);
        if (caller.user()) {
            code.alu(start, Alu.ADD, code.contextWord(registers.instructionPointer()));
        }
        Value size = code.constant(Math.max(1, caller.size()));
        if (caller.immediate()) {
            Value back = ReturnAddress.of(code, memory, registers, caller.user(), "the caller's address");
            jumpWithin(back, start, size, found);
        }
        int at = frame.text(DEPTH * Frame.WORD);
        Value bytes = code.call(Helper.GET_STACK, Argument.context(), Argument.stack(at), Value.of(DEPTH * Frame.WORD),
                Value.of(caller.user() ? USER_STACK : 0));
        code.jumpIf(bytes, Condition.SLT, 0, out);
        // What the stack does not fill, the helper fills with zeros.
        for (int i = 1; i < DEPTH; i++) {
            jumpWithin(code.loadStack(at + i * Frame.WORD), start, size, found);
        }
        code.jump(out);
        code.place(found);
    }

    private void jumpWithin(Value address, Value start, Value size, Label found) {
        code.alu(address, Alu.SUB, start);
        code.jumpIf(address, Condition.LT, size, found);
    }
}
