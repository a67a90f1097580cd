// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.isa.Relocation;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.typed.MemoryOperand;
import java.util.ArrayList;
import java.util.List;

/** The memory a rule writes: all values and addresses are computed before the first store. */
final class StoreLowering {
    private record Store(MemoryOperand place, Value address, int stack) {}

    private final Frame frame;
    private final MemoryLowering memory;
    private final List<Store> stores = new ArrayList<>();

    StoreLowering(Frame frame, MemoryLowering memory) {
        this.frame = frame;
        this.memory = memory;
    }

    void prepare(MemoryOperand place, Value value) {
        Value address = memory.address(place);
        Value stored = place.isBitField() ? inPlace(place, value) : value;
        int stack = frame.code.newStack(8);
        frame.code.add(stored.isImmediate() ? new Op.StackStoreConstant(place.bytes(), stack, (int) stored.constant())
                : new Op.StackStore(place.bytes(), stack, frame.id(stored)));
        stores.add(new Store(place, address, stack));
    }

    /** A bit-field's new bits where they are in its word. */
    private Value inPlace(MemoryOperand place, Value value) {
        int field = frame.id(value);
        frame.cut(field, place.bits(), false);
        if (place.shift() > 0) {
            frame.code.add(new Op.BinaryConstant(Alu.LSH, true, field, place.shift()));
        }
        return Value.at(field);
    }

    /** Puts the rest of a bit-field's word beside its new bits; read only now, since another store may have changed it. */
    private void merge(Store store) {
        MemoryOperand place = store.place();
        int word = memory.load(new MemoryOperand(place.user(), place.address(), 0, place.bytes(), false, 0, place.bytes() * 8,
                place.label(), place.span()), store.address());
        frame.code.add(new Op.Binary(Alu.AND, true, word, frame.constant(~(((1L << place.bits()) - 1) << place.shift()))));
        int field = frame.code.newValue();
        frame.code.add(new Op.StackLoad(field, place.bytes(), store.stack()));
        frame.code.add(new Op.Binary(Alu.OR, true, word, field));
        frame.code.add(new Op.StackStore(place.bytes(), store.stack(), word));
    }

    /** Jumps where one fails; those before it are done. */
    void apply() {
        for (Store store : stores) {
            frame.code.column(store.place().span().column());
            if (store.place().isBitField()) {
                merge(store);
            }
            Argument address = Frame.argument(store.address());
            Argument bytes = new Argument.Constant(store.place().bytes());
            Argument value = new Argument.Stack(store.stack());
            frame.code.add(store.place().user()
                    ? new Op.Call(new Target.Helper(Helper.PROBE_WRITE_USER), frame.error(), List.of(address, value, bytes))
                    : new Op.Call(new Target.Relocated(Relocation.Kind.MEM_CALL, "bpf_override_mem"), frame.error(),
                            List.of(address, value, bytes, new Argument.Constant(0))));
            frame.code.add(new Op.BranchConstant(Condition.NE, frame.error(), 0, frame.failed(store.place().user()
                    ? Failing.Kind.USER_WRITE : Failing.Kind.KERNEL_WRITE, store.place().label())));
        }
    }
}
