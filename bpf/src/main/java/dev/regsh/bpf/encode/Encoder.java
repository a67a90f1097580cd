// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.encode;

import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Assembler;
import dev.regsh.bpf.isa.Program;
import dev.regsh.bpf.isa.ProgramTooLongException;
import dev.regsh.bpf.isa.Registers;
import java.util.List;

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
            if (op instanceof Op.Conditional branch && jumpsOverJump(code.ops(), i, branch)) {
                i++;
                op = branch.turned(((Op.Jump) code.ops().get(i)).label());
            }
            op.accept(ops);
        }
        return out.finish();
    }

    /** A branch past nothing but a jump: the branch can go where the jump goes. */
    private static boolean jumpsOverJump(List<Op> ops, int at, Op.Conditional branch) {
        return at + 2 < ops.size() && ops.get(at + 1) instanceof Op.Jump && ops.get(at + 2) instanceof Op.Place place
                && branch.label() == place.label();
    }
}
