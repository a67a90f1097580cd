// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.encode;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Assembler;
import dev.regsh.bpf.isa.Program;
import dev.regsh.bpf.isa.ProgramTooLongException;

/** The last pass: intermediate code to eBPF instructions. */
public final class Encoder {
    /** The kernel's MAX_BPF_STACK. */
    private static final int MAX_STACK = 512;
    private static final int FRAME = 10;
    private static final int SCRATCH = 5;
    private static final int SECOND_SCRATCH = 0;

    private final Code code;
    private final Allocation allocation;
    private final Assembler out = new Assembler();

    private Encoder(Code code) {
        this.code = code;
        allocation = RegisterAllocator.allocate(code);
    }

    /** @throws ProgramTooLongException the frame or a jump does not fit what eBPF allows */
    public static Program encode(Code code) {
        return new Encoder(code).run();
    }

    private Program run() {
        if (allocation.stackBytes() > MAX_STACK) {
            throw new ProgramTooLongException();
        }
        for (int i = 0; i < code.labels(); i++) {
            out.newLabel();
        }
        if (allocation.context() != 1) {
            out.move(allocation.context(), 1);
        }
        for (int i = 0; i < code.ops().size(); i++) {
            out.column(code.columns()[i]);
            if (jumpsOverJump(i)) {
                encode(turned(code.ops().get(i), ((Op.Jump) code.ops().get(i + 1)).label()));
                i++;
            } else {
                encode(code.ops().get(i));
            }
        }
        return out.finish();
    }

    /** A branch past nothing but a jump: the branch can go where the jump goes. */
    private boolean jumpsOverJump(int at) {
        if (at + 2 >= code.ops().size() || !(code.ops().get(at + 1) instanceof Op.Jump)
                || !(code.ops().get(at + 2) instanceof Op.Place place)) {
            return false;
        }
        Op op = code.ops().get(at);
        return (op instanceof Op.Branch branch && branch.label() == place.label())
                || (op instanceof Op.BranchConstant constant && constant.label() == place.label());
    }

    private static Op turned(Op op, int label) {
        return op instanceof Op.Branch branch ? new Op.Branch(branch.condition().negated(), branch.left(), branch.right(),
                label)
                : turned((Op.BranchConstant) op, label);
    }

    private static Op turned(Op.BranchConstant branch, int label) {
        return new Op.BranchConstant(branch.condition().negated(), branch.left(), branch.right(), label);
    }

    private void encode(Op op) {
        if (op instanceof Op.Constant o) {
            out.constant(target(o.dst()), o.value());
            keep(o.dst());
        } else if (op instanceof Op.Copy o) {
            copy(o);
        } else if (op instanceof Op.ContextLoad o) {
            out.load(o.bytes(), target(o.dst()), allocation.context(), o.offset());
            keep(o.dst());
        } else if (op instanceof Op.ContextStore o) {
            out.store(o.bytes(), allocation.context(), o.offset(), read(o.src(), SCRATCH));
        } else if (op instanceof Op.Load o) {
            int base = read(o.base(), SCRATCH);
            out.load(o.bytes(), target(o.dst()), base, o.offset());
            keep(o.dst());
        } else if (op instanceof Op.Store o) {
            int base = read(o.base(), SCRATCH);
            out.store(o.bytes(), base, o.offset(), read(o.src(), SECOND_SCRATCH));
        } else if (op instanceof Op.StackLoad o) {
            out.load(o.bytes(), target(o.dst()), FRAME, o.offset());
            keep(o.dst());
        } else if (op instanceof Op.StackStore o) {
            out.store(o.bytes(), FRAME, o.offset(), read(o.src(), SCRATCH));
        } else if (op instanceof Op.StackStoreConstant o) {
            out.storeImmediate(o.bytes(), FRAME, o.offset(), o.value());
        } else if (op instanceof Op.Binary o) {
            int dst = read(o.dst(), SCRATCH);
            out.alu(o.wide(), o.operation(), dst, read(o.src(), SECOND_SCRATCH));
            keep(o.dst());
        } else if (op instanceof Op.BinaryConstant o) {
            out.aluImmediate(o.wide(), o.operation(), read(o.dst(), SCRATCH), o.value());
            keep(o.dst());
        } else if (op instanceof Op.Negate o) {
            out.negate(true, read(o.dst(), SCRATCH));
            keep(o.dst());
        } else {
            control(op);
        }
    }

    private void control(Op op) {
        if (op instanceof Op.Place o) {
            out.place(o.label());
        } else if (op instanceof Op.Jump o) {
            out.jump(o.label());
        } else if (op instanceof Op.Branch o) {
            int left = read(o.left(), SCRATCH);
            out.jump(true, o.condition(), left, read(o.right(), SECOND_SCRATCH), o.label());
        } else if (op instanceof Op.BranchConstant o) {
            out.jumpImmediate(true, o.condition(), read(o.left(), SCRATCH), o.right(), o.label());
        } else if (op instanceof Op.MapValue o) {
            out.mapValue(target(o.dst()), o.map(), o.offset());
            keep(o.dst());
        } else if (op instanceof Op.AtomicAdd o) {
            int base = read(o.base(), SCRATCH);
            out.atomicAdd(base, o.offset(), read(o.src(), SECOND_SCRATCH));
        } else if (op instanceof Op.AtomicFetchAdd o) {
            int base = read(o.base(), SECOND_SCRATCH);
            out.atomicFetchAdd(base, o.offset(), read(o.value(), SCRATCH));
            keep(o.value());
        } else if (op instanceof Op.Call o) {
            call(o);
        } else if (op instanceof Op.Exit) {
            out.constant(0, 0);
            out.exit();
        } else {
            throw new IllegalStateException("unknown operation " + op);
        }
    }

    private void copy(Op.Copy copy) {
        if (spilled(copy.src())) {
            out.load(8, target(copy.dst()), FRAME, allocation.spills()[copy.src()]);
            keep(copy.dst());
        } else if (spilled(copy.dst())) {
            out.store(8, FRAME, allocation.spills()[copy.dst()], allocation.registers()[copy.src()]);
        } else if (allocation.registers()[copy.dst()] != allocation.registers()[copy.src()]) {
            out.move(allocation.registers()[copy.dst()], allocation.registers()[copy.src()]);
        }
    }

    private void call(Op.Call call) {
        int register = 1;
        for (Argument argument : call.arguments()) {
            pass(argument, register++);
        }
        if (call.target() instanceof Target.Helper target) {
            out.call(target.helper());
        } else if (call.target() instanceof Target.Relocated target) {
            out.call(target.kind(), target.function());
        }
        if (call.dst() == Op.NONE) {
            return;
        }
        if (spilled(call.dst())) {
            out.store(8, FRAME, allocation.spills()[call.dst()], 0);
        } else if (allocation.registers()[call.dst()] != 0) {
            out.move(allocation.registers()[call.dst()], 0);
        }
    }

    private void pass(Argument argument, int register) {
        if (argument instanceof Argument.Value value) {
            if (spilled(value.value())) {
                out.load(8, register, FRAME, allocation.spills()[value.value()]);
            } else {
                out.move(register, allocation.registers()[value.value()]);
            }
        } else if (argument instanceof Argument.Constant constant) {
            out.constant(register, constant.value());
        } else if (argument instanceof Argument.Context) {
            if (register != allocation.context()) {
                out.move(register, allocation.context());
            }
        } else if (argument instanceof Argument.Stack stack) {
            out.move(register, FRAME);
            out.aluImmediate(true, Alu.ADD, register, stack.offset());
        } else if (argument instanceof Argument.Map map) {
            out.mapDescriptor(register, map.name());
        }
    }

    private boolean spilled(int value) {
        return allocation.registers()[value] == Allocation.SPILLED;
    }

    /** The register that holds the value, loaded into the scratch register if it is spilled. */
    private int read(int value, int scratch) {
        if (!spilled(value)) {
            return allocation.registers()[value];
        }
        out.load(8, scratch, FRAME, allocation.spills()[value]);
        return scratch;
    }

    private int target(int value) {
        return spilled(value) ? SCRATCH : allocation.registers()[value];
    }

    /** Stores what {@link #target} or {@link #read} put into the scratch register. */
    private void keep(int value) {
        if (spilled(value)) {
            out.store(8, FRAME, allocation.spills()[value], SCRATCH);
        }
    }
}
