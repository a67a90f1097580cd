// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.isa.Relocation;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The new registers of a rule, collected first and then given to the engine: as struct bpf_reg_value to
 * {@code bpf_override_regs}, as one value to {@code bpf_override_return}, or by stores to the context.
 */
final class OverrideLowering {
    private static final int PARM = 1;
    private static final int RETURN = 2;
    private static final int PC = 4;
    private static final int VALUE_BYTES = 16;
    /** What bpf_override_regs answers in the same case. */
    private static final int EOPNOTSUPP = 95;

    /** Of x86-64's struct pt_regs: at a probe -1, for no system call, and set anew when the kernel is entered next. */
    private static final int ORIG_AX = 120;
    /** What it is once a rule has left the function; still -1 for the kernel, which reads an int. The module has the same mark. */
    private static final long LEFT = 0x80000000ffffffffL;

    private record Part(Register register, Value value, int column) {}

    /** An array of struct bpf_reg_value on the stack. */
    private record Values(int at, int size) {}

    private final Frame frame;
    private final MemoryLowering memory;
    private final RegisterTable registers;
    private final ShadowStack shadowStack;
    private final Optional<Engine> engine;
    /** What is refused when the engine refuses. */
    private final Failing refused;
    /** By slot, in the order written; parts of one register come together. */
    private final Map<Integer, List<Part>> bySlot = new LinkedHashMap<>();
    private Value result;
    private int resultColumn;
    private Value target;
    private int targetColumn;

    OverrideLowering(Frame frame, MemoryLowering memory, RegisterTable registers, ShadowStack shadowStack,
            Optional<Engine> engine, Failing refused) {
        this.frame = frame;
        this.memory = memory;
        this.registers = registers;
        this.shadowStack = shadowStack;
        this.engine = engine;
        this.refused = refused;
    }

    void register(Register register, Value value) {
        bySlot.computeIfAbsent(register.slot(), slot -> new ArrayList<>()).add(new Part(register, value,
                frame.code.column()));
    }

    /** The function is skipped and returns this. */
    void result(Value value) {
        result = value;
        resultColumn = frame.code.column();
    }

    /** Execution goes on at this address. */
    void jump(Value address) {
        target = address;
        targetColumn = frame.code.column();
    }

    /** Whether anything was collected. */
    boolean any() {
        return !bySlot.isEmpty() || result != null || target != null;
    }

    /** Whether execution goes on elsewhere. */
    private boolean moves() {
        return result != null || target != null;
    }

    /** Jumps where it fails; then nothing was changed. */
    void apply() {
        if (engine.orElseThrow() == Engine.UPROBE_CTX) {
            store();
        } else if (engine.get() == Engine.OVERRIDE_RETURN) {
            frame.code.add(new Op.Call(new Target.Helper(Helper.OVERRIDE_RETURN), frame.error(),
                    List.of(new Argument.Context(), Frame.argument(result))));
            frame.code.add(new Op.BranchConstant(Condition.NE, frame.error(), 0, failed()));
        } else {
            call();
        }
    }

    private void call() {
        if (result != null) {
            frame.code.column(resultColumn);
            register(registers.result(), result);
        }
        if (target == null) {
            boolean more = bySlot.size() > 1 || result == null;
            checked(values(bySlot), (more ? PARM : 0) | (result != null ? RETURN : 0));
            return;
        }
        int[] kept = bySlot.keySet().stream().mapToInt(this::kept).toArray();
        Values parameters = bySlot.isEmpty() ? null : values(bySlot);
        if (parameters != null) {
            checked(parameters, PARM);
        }
        Register pointer = registers.instructionPointer();
        Values jump = values(Map.of(pointer.slot(), List.of(new Part(pointer, target, targetColumn))));
        if (parameters == null) {
            checked(jump, PC);
        } else {
            int done = frame.code.newLabel();
            override(frame.error(), jump, PC);
            frame.code.add(new Op.BranchConstant(Condition.EQ, frame.error(), 0, done));
            restore(parameters, kept);
            frame.code.add(new Op.Jump(failed()));
            frame.code.add(new Op.Place(done));
        }
    }

    /** What a register holds before the rule, kept on the stack. */
    private int kept(int slot) {
        int at = frame.code.newStack(8);
        int value = frame.code.newValue();
        frame.code.add(new Op.ContextLoad(value, 8, slot * 8));
        frame.code.add(new Op.StackStore(8, at, value));
        return at;
    }

    /**
     * The program counter travels in a call of its own, the second: after it the kernel would take the registers for those of
     * the function that goto leads to. Where it is refused (a probe that is no plain function entry), the first is undone.
     */
    private void restore(Values parameters, int[] kept) {
        int place = parameters.at();
        for (int each : kept) {
            int value = frame.code.newValue();
            frame.code.add(new Op.StackLoad(value, 8, each));
            frame.code.add(new Op.StackStore(8, place + 8, value));
            place += VALUE_BYTES;
        }
        override(Op.NONE, parameters, PARM);
    }

    private Values values(Map<Integer, List<Part>> values) {
        int size = values.size() * VALUE_BYTES;
        int at = frame.code.newStack(size);
        int place = at;
        for (Map.Entry<Integer, List<Part>> entry : values.entrySet()) {
            frame.code.column(entry.getValue().get(0).column());
            // Slot and the reserved word in one store.
            frame.code.add(new Op.StackStoreConstant(8, place, entry.getKey()));
            Value word = word(entry.getKey(), entry.getValue());
            frame.code.add(word.isImmediate() ? new Op.StackStoreConstant(8, place + 8, (int) word.constant())
                    : new Op.StackStore(8, place + 8, frame.id(word)));
            place += VALUE_BYTES;
        }
        return new Values(at, size);
    }

    private void checked(Values values, int flags) {
        override(frame.error(), values, flags);
        frame.code.add(new Op.BranchConstant(Condition.NE, frame.error(), 0, failed()));
    }

    private int failed() {
        return frame.failed(refused.kind(), refused.what());
    }

    private void override(int answer, Values values, int flags) {
        frame.code.add(new Op.Call(new Target.Relocated(Relocation.Kind.OVERRIDE_CALL, "bpf_override_regs"), answer,
                List.of(new Argument.Context(), new Argument.Stack(values.at()), new Argument.Constant(values.size()),
                        new Argument.Constant(flags))));
    }

    /** A skipped user function returns as its own return instruction would. */
    private void store() {
        List<int[]> words = new ArrayList<>();
        if (moves()) {
            checkStillThere();
        }
        if (result != null) {
            if (shadowStack.possible()) {
                shadowStack.check(frame, memory, frame.failed(Failing.Kind.SHADOW_STACK, refused.what(), EOPNOTSUPP));
            }
            int stack = frame.code.newValue();
            frame.code.add(new Op.ContextLoad(stack, 8, registers.stackPointer().slot() * 8));
            memory.read(true, frame.word(), 8, Value.at(stack), "the return address");
            int back = frame.code.newValue();
            frame.code.add(new Op.StackLoad(back, 8, frame.word()));
            frame.code.add(new Op.BinaryConstant(Alu.ADD, true, stack, 8));
            words.add(new int[] {registers.stackPointer().slot(), stack});
            words.add(new int[] {registers.instructionPointer().slot(), back});
            words.add(new int[] {registers.result().slot(), frame.id(result)});
        }
        if (target != null) {
            words.add(new int[] {registers.instructionPointer().slot(), frame.id(target)});
        }
        for (Map.Entry<Integer, List<Part>> entry : bySlot.entrySet()) {
            words.add(new int[] {entry.getKey(), frame.id(word(entry.getKey(), entry.getValue()))});
        }
        if (moves()) {
            words.add(new int[] {ORIG_AX / 8, frame.constant(LEFT)});
        }
        for (int[] word : words) {
            frame.code.add(new Op.ContextStore(8, word[0] * 8, word[1]));
        }
    }

    /** Another rule at this hit may have left the function already: its caller's frame is not to be popped too. */
    private void checkStillThere() {
        int mark = frame.code.newValue();
        frame.code.add(new Op.ContextLoad(mark, 8, ORIG_AX));
        frame.code.add(new Op.Branch(Condition.EQ, mark, frame.constant(LEFT),
                frame.failed(Failing.Kind.LEFT, refused.what(), EOPNOTSUPP)));
    }

    /** The whole register with its new parts, as the processor would write them: 32 bits clear the upper half. */
    private Value word(int slot, List<Part> parts) {
        Part first = parts.get(0);
        if (parts.size() == 1 && first.register().bits() == 64) {
            return first.value();
        }
        if (parts.size() == 1 && first.register().bits() == 32) {
            if (first.value().isConstant()) {
                return Value.of(first.value().constant() & 0xFFFF_FFFFL);
            }
            frame.cut(first.value().id(), 32, false);
            return first.value();
        }
        int word = frame.code.newValue();
        frame.code.add(new Op.ContextLoad(word, 8, slot * 8));
        for (Part part : parts) {
            merge(word, part);
        }
        return Value.at(word);
    }

    private void merge(int word, Part part) {
        Register register = part.register();
        frame.code.add(new Op.Binary(Alu.AND, true, word, frame.constant(~register.written())));
        int value = frame.id(part.value());
        frame.cut(value, register.bits(), false);
        if (register.shift() > 0) {
            frame.code.add(new Op.BinaryConstant(Alu.LSH, true, value, register.shift()));
        }
        frame.code.add(new Op.Binary(Alu.OR, true, word, value));
    }
}
