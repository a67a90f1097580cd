// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.typed.Returning;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.bpf.typed.Walk;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Register, Integer> values = new HashMap<>();

    private EntryValues(TypedRule rule, FunctionNumber function) {
        kept = Walk.entryRegisters(rule).stream().sorted(Comparator.comparing(Register::slot)).toList();
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
        int out = frame.code.newLabel();
        new Prologue(frame, rule, out);
        int value = frame.code.newStack(size());
        int place = value;
        for (Register register : kept) {
            int word = frame.code.newValue();
            frame.code.add(new Op.ContextLoad(word, 8, register.slot() * 8));
            frame.code.add(new Op.StackStore(8, place, word));
            place += WORD;
        }
        if (byAddress()) {
            readReturnAddress(frame, registers, place, out);
        }
        int key = key(frame, registers, 0);
        frame.callOnly(Helper.MAP_UPDATE_ELEM, new Argument.Map(name()), new Argument.Stack(key), new Argument.Stack(value),
                new Argument.Constant(0));
        frame.code.add(new Op.Place(out));
        frame.code.add(new Op.Exit());
        return frame.code.finish();
    }

    private static void readReturnAddress(Frame frame, RegisterTable registers, int to, int out) {
        int stack = frame.code.newValue();
        frame.code.add(new Op.ContextLoad(stack, 8, registers.stackPointer().slot() * 8));
        int result = frame.call(Helper.PROBE_READ_USER, new Argument.Stack(to), new Argument.Constant(WORD),
                new Argument.Value(stack));
        frame.code.add(new Op.BranchConstant(Condition.NE, result, 0, out));
    }

    /** Takes the arguments of the call that returns now; jumps where they were not kept, or it is no return of this function. */
    void take(Frame frame, RegisterTable registers, int counters, int armed, int out) {
        int key = key(frame, registers, returning.addressOnStack() ? 0 : -registers.returnAddress());
        if (returning == Returning.AT_SOME_INSTRUCTIONS && kept.isEmpty()) {
            // It is one in any case; nobody else's return is to be taken for it.
            frame.callOnly(Helper.MAP_DELETE_ELEM, new Argument.Map(name()), new Argument.Stack(key));
            return;
        }
        int entry = frame.call(Helper.MAP_LOOKUP_ELEM, new Argument.Map(name()), new Argument.Stack(key));
        if (returning != Returning.AT_LAST_CALLS) {
            int found = frame.code.newLabel();
            frame.code.add(new Op.BranchConstant(Condition.NE, entry, 0, found));
            frame.code.add(new Op.AtomicAdd(counters, CounterLayout.UNKEPT, armed));
            frame.code.add(new Op.Jump(out));
            frame.code.add(new Op.Place(found));
        } else {
            frame.code.add(new Op.BranchConstant(Condition.EQ, entry, 0, out));
        }
        int offset = 0;
        for (Register register : kept) {
            int value = frame.code.newValue();
            frame.code.add(new Op.Load(value, 8, entry, offset));
            values.put(register, value);
            offset += WORD;
        }
        if (returning == Returning.AT_LAST_CALLS) {
            int caller = frame.code.newValue();
            frame.code.add(new Op.Load(caller, 8, entry, offset));
            readReturnAddress(frame, registers, frame.word(), out);
            int now = frame.code.newValue();
            frame.code.add(new Op.StackLoad(now, 8, frame.word()));
            frame.code.add(new Op.Branch(Condition.NE, caller, now, out));
        }
        frame.callOnly(Helper.MAP_DELETE_ELEM, new Argument.Map(name()), new Argument.Stack(key));
    }

    int value(Frame frame, Register register) {
        return frame.copy(values.get(register));
    }

    /** @param offset from the stack pointer to the return address: where that was hooked, it is off the stack */
    private int key(Frame frame, RegisterTable registers, int offset) {
        int key = frame.code.newStack(keyBytes());
        frame.code.add(new Op.StackStore(8, key, user ? frame.process() : frame.thread()));
        int stack = frame.code.newValue();
        frame.code.add(new Op.ContextLoad(stack, 8, registers.stackPointer().slot() * 8));
        if (offset != 0) {
            frame.code.add(new Op.BinaryConstant(Alu.ADD, true, stack, offset));
        }
        frame.code.add(new Op.StackStore(8, key + WORD, stack));
        if (!function.alone()) {
            frame.code.add(new Op.StackStore(8, key + 2 * WORD, frame.id(function.value(frame))));
        }
        return key;
    }
}
