// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import java.util.ArrayList;
import java.util.List;

/**
 * New registers of a user program by stores to the context. A skipped function returns as its own return instruction would:
 * to the address on the stack, which is popped, or to that in the link register.
 */
final class ContextStores {
    /** What bpf_override_regs answers in the same case. */
    private static final int EOPNOTSUPP = 95;
    /** Of x86-64's struct pt_regs: at a probe -1, for no system call, and set anew when the kernel is entered next. */
    private static final int ORIG_AX = 120 / Frame.WORD;
    /** What it is once a rule has left the function; still -1 for the kernel, which reads an int. The module has the same mark. */
    private static final long LEFT = 0x80000000ffffffffL;
    /** Of arm64's struct user_pt_regs. */
    private static final String PSTATE = "pstate";
    /** PSR_BTYPE_MASK: the kind of branch that the instruction was reached by, which only some instructions may follow. */
    private static final long BTYPE = 0xc00;

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
            moved();
        }
        words.forEach(word -> code.setContextWord(word.slot(), word.value()));
    }

    /** Another rule at this hit may have left the function already: its caller's frame is not to be popped too. */
    private void checkStillThere() {
        Label left = frame.failed(Failing.Kind.LEFT, refused.what(), EOPNOTSUPP);
        if (registers.architecture() == Architecture.ARM64) {
            Value probe = code.call(Helper.GET_FUNC_IP, Argument.context());
            code.jumpIf(probe, Condition.NE, code.contextWord(registers.instructionPointer()), left);
        } else {
            code.jumpIf(code.contextWord(ORIG_AX), Condition.EQ, LEFT, left);
        }
    }

    /** What else the processor or the next rule is to see where execution goes on elsewhere. */
    private void moved() {
        if (registers.architecture() == Architecture.ARM64) {
            Value flags = code.contextWord(registers.named(PSTATE));
            code.alu(flags, Alu.AND, ~BTYPE);
            add(registers.named(PSTATE), flags);
        } else {
            add(ORIG_AX, Value.of(LEFT));
        }
    }

    private void leave(Value result) {
        if (shadowStack.possible()) {
            shadowStack.check(code, memory, frame.failed(Failing.Kind.SHADOW_STACK, refused.what(), EOPNOTSUPP));
        }
        Value back = ReturnAddress.of(code, memory, registers, true, "the return address");
        if (registers.returnAddress() != 0) {
            Value stack = code.contextWord(registers.stackPointer());
            code.alu(stack, Alu.ADD, registers.returnAddress());
            add(registers.stackPointer(), stack);
        }
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
