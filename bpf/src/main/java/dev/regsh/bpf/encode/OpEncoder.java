// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.encode;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Assembler;
import dev.regsh.bpf.isa.Registers;

/** Each operation as the instructions that do it where its values live; spilled ones pass through scratch registers. */
final class OpEncoder implements Op.Visitor {
    private static final int WORD = 8;
    private static final int FRAME = Registers.FRAME;
    private static final int SCRATCH = Registers.R5;
    private static final int SECOND_SCRATCH = Registers.R0;

    private final Allocation allocation;
    private final Assembler out;

    OpEncoder(Allocation allocation, Assembler out) {
        this.allocation = allocation;
        this.out = out;
    }

    @Override
    public void visitConstant(Op.Constant op) {
        out.constant(target(op.dst()), op.value());
        keep(op.dst());
    }

    @Override
    public void visitCopy(Op.Copy op) {
        if (allocation.spilled(op.src())) {
            unspill(target(op.dst()), op.src());
            keep(op.dst());
        } else if (allocation.spilled(op.dst())) {
            spill(op.dst(), register(op.src()));
        } else if (register(op.dst()) != register(op.src())) {
            out.move(register(op.dst()), register(op.src()));
        }
    }

    @Override
    public void visitContextLoad(Op.ContextLoad op) {
        out.load(WORD, target(op.dst()), allocation.context(), op.slot() * WORD);
        keep(op.dst());
    }

    @Override
    public void visitContextStore(Op.ContextStore op) {
        out.store(WORD, allocation.context(), op.slot() * WORD, read(op.src(), SCRATCH));
    }

    @Override
    public void visitLoad(Op.Load op) {
        int base = read(op.base(), SCRATCH);
        out.load(op.bytes(), target(op.dst()), base, op.offset());
        keep(op.dst());
    }

    @Override
    public void visitStore(Op.Store op) {
        int base = read(op.base(), SCRATCH);
        out.store(WORD, base, op.offset(), read(op.src(), SECOND_SCRATCH));
    }

    @Override
    public void visitStackLoad(Op.StackLoad op) {
        out.load(op.bytes(), target(op.dst()), FRAME, op.offset());
        keep(op.dst());
    }

    @Override
    public void visitStackStore(Op.StackStore op) {
        out.store(op.bytes(), FRAME, op.offset(), read(op.src(), SCRATCH));
    }

    @Override
    public void visitStackStoreConstant(Op.StackStoreConstant op) {
        out.storeImmediate(op.bytes(), FRAME, op.offset(), op.value());
    }

    @Override
    public void visitBinary(Op.Binary op) {
        int dst = read(op.dst(), SCRATCH);
        out.alu(true, op.operation(), dst, read(op.src(), SECOND_SCRATCH));
        keep(op.dst());
    }

    @Override
    public void visitBinaryConstant(Op.BinaryConstant op) {
        out.aluImmediate(true, op.operation(), read(op.dst(), SCRATCH), op.value());
        keep(op.dst());
    }

    @Override
    public void visitNegate(Op.Negate op) {
        out.negate(true, read(op.dst(), SCRATCH));
        keep(op.dst());
    }

    @Override
    public void visitPlace(Op.Place op) {
        out.place(op.label());
    }

    @Override
    public void visitJump(Op.Jump op) {
        out.jump(op.label());
    }

    @Override
    public void visitBranch(Op.Branch op) {
        int left = read(op.left(), SCRATCH);
        out.jump(true, op.condition(), left, read(op.right(), SECOND_SCRATCH), op.label());
    }

    @Override
    public void visitBranchConstant(Op.BranchConstant op) {
        out.jumpImmediate(true, op.condition(), read(op.left(), SCRATCH), op.right(), op.label());
    }

    @Override
    public void visitMapValue(Op.MapValue op) {
        out.mapValue(target(op.dst()), op.map(), op.offset());
        keep(op.dst());
    }

    @Override
    public void visitAtomicAdd(Op.AtomicAdd op) {
        int base = read(op.base(), SCRATCH);
        out.atomicAdd(base, op.offset(), read(op.src(), SECOND_SCRATCH));
    }

    @Override
    public void visitAtomicFetchAdd(Op.AtomicFetchAdd op) {
        int base = read(op.base(), SECOND_SCRATCH);
        out.atomicFetchAdd(base, op.offset(), read(op.value(), SCRATCH));
        keep(op.value());
    }

    @Override
    public void visitCall(Op.Call op) {
        int register = Registers.R1;
        for (Argument argument : op.arguments()) {
            argument.accept(new Passing(register++));
        }
        op.target().call(out);
        if (op.dst() == Op.NONE) {
            return;
        }
        if (allocation.spilled(op.dst())) {
            spill(op.dst(), Registers.R0);
        } else if (register(op.dst()) != Registers.R0) {
            out.move(register(op.dst()), Registers.R0);
        }
    }

    @Override
    public void visitExit(Op.Exit op) {
        out.constant(Registers.R0, 0);
        out.exit();
    }

    private int register(int value) {
        return allocation.registers()[value];
    }

    private void spill(int value, int from) {
        out.store(WORD, FRAME, allocation.spills()[value], from);
    }

    private void unspill(int to, int value) {
        out.load(WORD, to, FRAME, allocation.spills()[value]);
    }

    /** The register that holds the value, loaded into the scratch register if it is spilled. */
    private int read(int value, int scratch) {
        if (!allocation.spilled(value)) {
            return register(value);
        }
        unspill(scratch, value);
        return scratch;
    }

    private int target(int value) {
        return allocation.spilled(value) ? SCRATCH : register(value);
    }

    /** Stores what {@link #target} or {@link #read} put into the scratch register. */
    private void keep(int value) {
        if (allocation.spilled(value)) {
            spill(value, SCRATCH);
        }
    }

    /** Puts an argument into the register of its place. */
    private final class Passing implements Argument.Visitor {
        private final int register;

        Passing(int register) {
            this.register = register;
        }

        @Override
        public void visitValue(Value argument) {
            if (argument.isConstant()) {
                out.constant(register, argument.constant());
            } else if (allocation.spilled(argument.number())) {
                unspill(register, argument.number());
            } else {
                out.move(register, register(argument.number()));
            }
        }

        @Override
        public void visitContext(Argument.Context argument) {
            if (register != allocation.context()) {
                out.move(register, allocation.context());
            }
        }

        @Override
        public void visitStack(Argument.Stack argument) {
            out.move(register, FRAME);
            out.aluImmediate(true, Alu.ADD, register, argument.offset());
        }

        @Override
        public void visitMap(Argument.Map argument) {
            out.mapDescriptor(register, argument.name());
        }
    }
}
