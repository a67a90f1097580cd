// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.register.RegisterTable;

/** New registers by {@code bpf_override_regs}, which takes an array of struct bpf_reg_value from the stack. */
final class OverrideCalls {
    private static final int PARM = 1;
    private static final int RETURN = 2;
    private static final int PC = 4;
    /** Of one struct: the slot and a reserved word of 32 bits each, the value. */
    private static final int STRUCT_BYTES = 16;
    private static final int VALUE = 8;

    /** An array on the stack. */
    private record Array(int at, int bytes) {}

    private final Frame frame;
    private final CodeBuilder code;
    private final OverrideFunctions functions;
    private final RegisterTable registers;
    private final Failing refused;

    OverrideCalls(Frame frame, OverrideFunctions functions, RegisterTable registers, Failing refused) {
        this.frame = frame;
        code = frame.code;
        this.functions = functions;
        this.registers = registers;
        this.refused = refused;
    }

    void write(RegisterChanges changes) {
        boolean leaves = changes.result().isPresent();
        RegisterChanges all = changes.withResultIn(registers.result());
        if (changes.target().isEmpty()) {
            boolean more = all.slots().size() > 1 || !leaves;
            attempt(array(all), (more ? PARM : 0) | (leaves ? RETURN : 0));
        } else if (all.slots().isEmpty()) {
            attempt(array(changes.jumpIn(registers.instructionPointer())), PC);
        } else {
            changeAndJump(all, changes.jumpIn(registers.instructionPointer()));
        }
    }

    /**
     * The program counter travels in a call of its own, the second: after it the kernel would take the registers for those of
     * the function that goto leads to. Where it is refused (a probe that is no plain function entry), the first is undone.
     */
    private void changeAndJump(RegisterChanges changes, RegisterChanges jump) {
        int[] before = changes.slots().stream().mapToInt(this::kept).toArray();
        Array parameters = array(changes);
        attempt(parameters, PARM);
        Array pointer = array(jump);
        call(pointer, PC);
        code.when(frame.error(), Condition.NE, 0, () -> {
            int place = parameters.at();
            for (int each : before) {
                code.storeStack(place + VALUE, code.loadStack(each));
                place += STRUCT_BYTES;
            }
            functions.putBack(parameters.at(), parameters.bytes(), PARM);
            code.jump(frame.failed(refused));
        });
    }

    /** What a register holds before the rule, kept on the stack. */
    private int kept(int slot) {
        int at = code.stack(Frame.WORD);
        code.storeStack(at, code.contextWord(slot));
        return at;
    }

    private Array array(RegisterChanges changes) {
        int bytes = changes.slots().size() * STRUCT_BYTES;
        int at = code.stack(bytes);
        int place = at;
        for (int slot : changes.slots()) {
            code.column(changes.column(slot));
            // Slot and the reserved word in one store.
            code.storeStack(place, slot);
            code.storeStack(place + VALUE, changes.word(slot));
            place += STRUCT_BYTES;
        }
        return new Array(at, bytes);
    }

    private void attempt(Array values, int flags) {
        call(values, flags);
        frame.check(refused);
    }

    private void call(Array values, int flags) {
        functions.registers(values.at(), values.bytes(), flags);
    }
}
