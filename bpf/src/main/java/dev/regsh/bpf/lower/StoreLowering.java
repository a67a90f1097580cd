// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.typed.MemoryOperand;
import java.util.ArrayList;
import java.util.List;

/** The memory a rule writes: all values and addresses are computed before the first store. */
final class StoreLowering {
    private record Store(MemoryOperand place, Value address, int stack) {}

    private final Frame frame;
    private final CodeBuilder code;
    private final OverrideFunctions functions;
    private final MemoryLowering memory;
    private final List<Store> stores = new ArrayList<>();

    StoreLowering(Frame frame, OverrideFunctions functions, MemoryLowering memory) {
        this.frame = frame;
        this.functions = functions;
        code = frame.code;
        this.memory = memory;
    }

    void prepare(MemoryOperand place, Value value) {
        Value address = memory.address(place);
        Value stored = place.isBitField() ? inPlace(place, value) : value;
        int stack = place.user() ? code.stack(Frame.WORD) : functions.valueForMemory();
        code.storeStack(place.bytes(), stack, stored);
        stores.add(new Store(place, address, stack));
    }

    /** A bit-field's new bits where they are in its word. */
    private Value inPlace(MemoryOperand place, Value value) {
        Value field = code.numbered(value);
        code.cut(field, place.bits(), false);
        if (place.shift() > 0) {
            code.alu(field, Alu.LSH, place.shift());
        }
        return field;
    }

    /** Puts the rest of a bit-field's word beside its new bits; read only now, since another store may have changed it. */
    private void merge(Store store) {
        MemoryOperand place = store.place();
        Value word = memory.load(new MemoryOperand(place.user(), place.address(), 0, place.bytes(), false, 0, place.bytes() * 8,
                place.label(), place.span()), store.address());
        code.alu(word, Alu.AND, ~(((1L << place.bits()) - 1) << place.shift()));
        code.alu(word, Alu.OR, code.loadStack(place.bytes(), store.stack()));
        code.storeStack(place.bytes(), store.stack(), word);
    }

    /** Jumps where one fails; those before it are done. */
    void apply() {
        for (Store store : stores) {
            MemoryOperand place = store.place();
            code.column(place.span().column());
            if (place.isBitField()) {
                merge(store);
            }
            if (place.user()) {
                frame.attempt(new Failing(Failing.Kind.USER_WRITE, place.label()), Target.of(Helper.PROBE_WRITE_USER),
                        store.address(), Argument.stack(store.stack()), Value.of(place.bytes()));
            } else {
                functions.memory(store.stack(), store.address(), place.bytes());
                frame.check(new Failing(Failing.Kind.KERNEL_WRITE, place.label()));
            }
        }
    }
}
