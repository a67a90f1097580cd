// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.typed.Returning;
import dev.regsh.bpf.typed.TypedRule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What arguments were at a function's entry, for a rule at its return: a program at the entry keeps them in a table by
 * thread, place on the stack and function, so that recursion does not mix them up, nor another function of the rule that was
 * entered by a jump from this one, and the rule's own program takes them out. In a user program by process instead of thread,
 * since its stacks may go from one thread to another. A call of a function that also ends in calls of others is kept with its
 * return address: by it the return of another is known as one of this function.
 */
final class EntryValues {
    private static final String TABLE = "entries";
    /** Calls under way at once; of more, the oldest are forgotten and the rule does not apply to them. */
    private static final int CALLS = 8192;
    private static final int WORD = 8;

    private final List<Register> kept;
    private final Returning returning;
    private final boolean user;
    private final FunctionNumber function;
    private final Map<Register, Value> values = new HashMap<>();

    private EntryValues(TypedRule rule, FunctionNumber function) {
        kept = rule.entryRegisters().stream().sorted(Comparator.comparing(Register::slot)).toList();
        returning = rule.returning();
        user = rule.user();
        this.function = function;
    }

    /** Empty where the rule needs nothing of the entry. */
    static Optional<EntryValues> of(TypedRule rule, FunctionNumber function) {
        EntryValues entries = new EntryValues(rule, function);
        return entries.size() == 0 ? Optional.empty() : Optional.of(entries);
    }

    private boolean byAddress() {
        return returning == Returning.AT_SOME_INSTRUCTIONS || returning == Returning.AT_LAST_CALLS;
    }

    private int size() {
        return kept.size() * WORD + (byAddress() ? WORD : 0);
    }

    MapSpec table() {
        return MapSpec.table(name(), keyBytes(), size(), CALLS);
    }

    private int keyBytes() {
        return (function.alone() ? 2 : 3) * WORD;
    }

    /** Functions of a rule whose values are equally many share one. */
    private String name() {
        return TABLE + (function.alone() ? "" : size() / WORD);
    }

    /** The program at the entry. */
    Code saver(RegisterTable registers, TypedRule rule) {
        Frame frame = new Frame();
        CodeBuilder code = frame.code;
        Label out = code.label();
        Prologue.write(frame, rule, out);
        int value = code.stack(size());
        int place = value;
        for (Register register : kept) {
            code.storeStack(place, code.contextWord(register));
            place += WORD;
        }
        if (byAddress()) {
            readReturnAddress(frame, registers, place, out);
        }
        int key = key(frame, registers, 0);
        code.run(Helper.MAP_UPDATE_ELEM, Argument.map(name()), Argument.stack(key), Argument.stack(value), Value.of(0));
        code.place(out);
        code.exit();
        return code.finish();
    }

    private static void readReturnAddress(Frame frame, RegisterTable registers, int to, Label out) {
        if (registers.link().isPresent()) {
            frame.code.storeStack(to, frame.code.contextWord(registers.link().get()));
            return;
        }
        Value stack = frame.code.contextWord(registers.stackPointer());
        Value failed = frame.code.call(Helper.PROBE_READ_USER, Argument.stack(to), Value.of(WORD), stack);
        frame.code.jumpIf(failed, Condition.NE, 0, out);
    }

    /** Takes the arguments of the call that returns now; jumps where they were not kept, or it is no return of this function. */
    void take(Frame frame, RegisterTable registers, CounterWords counters, Label out) {
        CodeBuilder code = frame.code;
        int key = key(frame, registers, returning.addressOnStack() ? 0 : -registers.returnAddress());
        if (returning == Returning.AT_SOME_INSTRUCTIONS && kept.isEmpty()) {
            // It is one in any case; nobody else's return is to be taken for it.
            forget(code, key);
            return;
        }
        Value entry = code.call(Helper.MAP_LOOKUP_ELEM, Argument.map(name()), Argument.stack(key));
        if (returning == Returning.AT_LAST_CALLS) {
            code.jumpIf(entry, Condition.EQ, 0, out);
        } else {
            code.when(entry, Condition.EQ, 0, () -> {
                counters.count(CounterLayout.UNKEPT);
                code.jump(out);
            });
        }
        int offset = 0;
        for (Register register : kept) {
            values.put(register, code.load(entry, offset));
            offset += WORD;
        }
        if (returning == Returning.AT_LAST_CALLS) {
            Value caller = code.load(entry, offset);
            readReturnAddress(frame, registers, frame.word(), out);
            code.jumpIf(caller, Condition.NE, code.loadStack(frame.word()), out);
        }
        forget(code, key);
    }

    private void forget(CodeBuilder code, int key) {
        code.run(Helper.MAP_DELETE_ELEM, Argument.map(name()), Argument.stack(key));
    }

    /** What that register held, free to be changed. */
    Value value(Frame frame, Register register) {
        return frame.code.copy(Objects.requireNonNull(values.get(register)));
    }

    /** @param offset from the stack pointer to the return address: where that was hooked, it is off the stack */
    private int key(Frame frame, RegisterTable registers, int offset) {
        CodeBuilder code = frame.code;
        int key = code.stack(keyBytes());
        code.storeStack(key, user ? frame.process() : frame.thread());
        Value stack = code.contextWord(registers.stackPointer());
        if (offset != 0) {
            code.alu(stack, Alu.ADD, offset);
        }
        code.storeStack(key + WORD, stack);
        if (!function.alone()) {
            code.storeStack(key + 2 * WORD, function.value(code));
        }
        return key;
    }
}
