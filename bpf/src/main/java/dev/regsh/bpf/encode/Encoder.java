// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.encode;

import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Assembler;
import dev.regsh.bpf.isa.Program;
import dev.regsh.bpf.isa.ProgramTooLongException;
import dev.regsh.bpf.isa.Registers;

/** The last pass: intermediate code to eBPF instructions. */
public final class Encoder {
    /** The kernel's MAX_BPF_STACK. */
    private static final int MAX_STACK = 512;

    private Encoder() {}

    /** @throws ProgramTooLongException the frame or a jump does not fit what eBPF allows */
    public static Program encode(Code code) {
        Allocation allocation = RegisterAllocator.allocate(code);
        if (allocation.stackBytes() > MAX_STACK) {
            throw new ProgramTooLongException();
        }
        Assembler out = new Assembler();
        for (int i = 0; i < code.labels(); i++) {
            out.newLabel();
        }
        if (allocation.context() != Registers.R1) {
            out.move(allocation.context(), Registers.R1);
        }
        OpEncoder ops = new OpEncoder(allocation, out);
        for (int i = 0; i < code.ops().size(); i++) {
            out.column(code.columns()[i]);
            Op op = code.ops().get(i);
            if (op instanceof Op.Conditional branch && i + 2 < code.ops().size()
                    && code.ops().get(i + 1) instanceof Op.Jump jump
                    && code.ops().get(i + 2) instanceof Op.Place place && place.label() == branch.label()) {
                // A branch past nothing but a jump: the branch can go where the jump goes.
                op = branch.turned(jump.label());
                i++;
            }
            op.accept(ops);
        }
        return out.finish();
    }
}
