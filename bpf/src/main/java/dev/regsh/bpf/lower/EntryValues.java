// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.encode.Alu;
import dev.regsh.bpf.encode.Condition;
import dev.regsh.bpf.encode.Helper;
import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.RegisterTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What arguments were at a function's entry, for a rule at its return: a program at the entry keeps them in a table by
 * thread, place on the stack and function, so that recursion does not mix them up, nor another function of the rule that was
 * entered by a jump from this one, and the rule's own program takes them out.
 */
final class EntryValues {
    private static final String TABLE = "entries";
    /** Calls under way at once; of more, the oldest are forgotten and the rule does not apply to them. */
    private static final int CALLS = 8192;

    private final Set<Integer> arguments;
    private final FunctionNumber function;
    private final Map<Integer, Integer> values = new HashMap<>();

    /** @param arguments their numbers */
    EntryValues(Set<Integer> arguments, FunctionNumber function) {
        this.arguments = new TreeSet<>(arguments);
        this.function = function;
    }

    MapSpec table() {
        return MapSpec.table(name(), keyBytes(), arguments.size() * 8, CALLS);
    }

    private int keyBytes() {
        return function.alone() ? 16 : 24;
    }

    /** Functions of a rule whose values are equally many share one. */
    private String name() {
        return TABLE + (function.alone() ? "" : arguments.size());
    }

    /** The program at the entry. */
    Code saver(RegisterTable registers) {
        Frame frame = new Frame();
        int out = frame.code.newLabel();
        int counters = frame.code.newValue();
        int armed = frame.code.newValue();
        frame.code.add(new Op.MapValue(counters, MapSpec.COUNTERS, 0));
        frame.code.add(new Op.Load(armed, 8, counters, CounterLayout.ARMED));
        frame.code.add(new Op.BranchConstant(Condition.EQ, armed, 0, out));
        int value = frame.code.newStack(arguments.size() * 8);
        int place = value;
        for (int argument : arguments) {
            int register = frame.code.newValue();
            frame.code.add(new Op.ContextLoad(register, 8, registers.arguments().get(argument).slot() * 8));
            frame.code.add(new Op.StackStore(8, place, register));
            place += 8;
        }
        int key = key(frame, registers, 0);
        frame.callOnly(Helper.MAP_UPDATE_ELEM, new Argument.Map(name()), new Argument.Stack(key), new Argument.Stack(value),
                new Argument.Constant(0));
        frame.code.add(new Op.Place(out));
        frame.code.add(new Op.Exit());
        return frame.code.finish();
    }

    /** Takes the arguments of the call that returns now; jumps where they were not kept. */
    void take(Frame frame, RegisterTable registers, int out) {
        int key = key(frame, registers, -8);
        int entry = frame.call(Helper.MAP_LOOKUP_ELEM, new Argument.Map(name()), new Argument.Stack(key));
        frame.code.add(new Op.BranchConstant(Condition.EQ, entry, 0, out));
        int offset = 0;
        for (int argument : arguments) {
            int value = frame.code.newValue();
            frame.code.add(new Op.Load(value, 8, entry, offset));
            values.put(argument, value);
            offset += 8;
        }
        frame.callOnly(Helper.MAP_DELETE_ELEM, new Argument.Map(name()), new Argument.Stack(key));
    }

    int value(Frame frame, int argument) {
        return frame.copy(values.get(argument));
    }

    /** @param offset from the stack pointer to the return address: a return has taken it off */
    private int key(Frame frame, RegisterTable registers, int offset) {
        int key = frame.code.newStack(keyBytes());
        frame.code.add(new Op.StackStore(8, key, frame.call(Helper.GET_CURRENT_PID_TGID)));
        int stack = frame.code.newValue();
        frame.code.add(new Op.ContextLoad(stack, 8, registers.stackPointer().slot() * 8));
        if (offset != 0) {
            frame.code.add(new Op.BinaryConstant(Alu.ADD, true, stack, offset));
        }
        frame.code.add(new Op.StackStore(8, key + 8, stack));
        if (!function.alone()) {
            frame.code.add(new Op.StackStore(8, key + 16, frame.id(function.value(frame))));
        }
        return key;
    }
}
