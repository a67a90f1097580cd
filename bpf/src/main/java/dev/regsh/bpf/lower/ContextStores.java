// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import java.util.ArrayList;
import java.util.List;

/**
 * New registers of a user program by stores to the context. A skipped function returns as its own return instruction would:
 * to the address on the stack, which is popped.
 */
final class ContextStores {
    /** What bpf_override_regs answers in the same case. */
    private static final int EOPNOTSUPP = 95;
    /** Of x86-64's struct pt_regs: at a probe -1, for no system call, and set anew when the kernel is entered next. */
    private static final int ORIG_AX = 120 / Frame.WORD;
    /** What it is once a rule has left the function; still -1 for the kernel, which reads an int. The module has the same mark. */
    private static final long LEFT = 0x80000000ffffffffL;

    private final Frame frame;
    private final CodeBuilder code;
    private final MemoryLowering memory;
    private final RegisterTable registers;
    private final ShadowStack shadowStack;
    private final Failing refused;
    /** The new words by slot, all computed before the first store; a later one replaces what the same slot has. */
    private final List<Word> words = new ArrayList<>();

    private record Word(int slot, Value value) {}

    ContextStores(Frame frame, MemoryLowering memory, RegisterTable registers, ShadowStack shadowStack, Failing refused) {
        this.frame = frame;
        code = frame.code;
        this.memory = memory;
        this.registers = registers;
        this.shadowStack = shadowStack;
        this.refused = refused;
    }

    void write(RegisterChanges changes) {
        if (changes.moves()) {
            checkStillThere();
        }
        changes.result().ifPresent(this::leave);
        changes.target().ifPresent(target -> add(registers.instructionPointer(), target));
        changes.slots().forEach(slot -> add(slot, changes.word(slot)));
        if (changes.moves()) {
            add(ORIG_AX, Value.of(LEFT));
        }
        words.forEach(word -> code.setContextWord(word.slot(), word.value()));
    }

    /** Another rule at this hit may have left the function already: its caller's frame is not to be popped too. */
    private void checkStillThere() {
        Value mark = code.contextWord(ORIG_AX);
        code.jumpIf(mark, Condition.EQ, LEFT, frame.failed(Failing.Kind.LEFT, refused.what(), EOPNOTSUPP));
    }

    private void leave(Value result) {
        if (shadowStack.possible()) {
            shadowStack.check(code, memory, frame.failed(Failing.Kind.SHADOW_STACK, refused.what(), EOPNOTSUPP));
        }
        Value stack = code.contextWord(registers.stackPointer());
        Value back = memory.readWord(true, stack, "the return address");
        code.alu(stack, Alu.ADD, Frame.WORD);
        add(registers.stackPointer(), stack);
        add(registers.instructionPointer(), back);
        add(registers.result(), result);
    }

    private void add(Register register, Value value) {
        add(register.slot(), value);
    }

    private void add(int slot, Value value) {
        words.add(new Word(slot, code.numbered(value)));
    }
}
