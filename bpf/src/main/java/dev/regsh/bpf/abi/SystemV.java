// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.abi;

import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** x86-64: the System V psABI, 3.2.3, "Parameter Passing". */
final class SystemV {
    private final RegisterTable table;

    SystemV(RegisterTable table) {
        this.table = table;
    }

    CallLayout layout(FunctionType function) {
        List<Register> registers = table.arguments();
        Passing result = result(function.returns());
        boolean hidden = result instanceof Passing.InCallersMemory;
        ArgumentAllocator arguments = new ArgumentAllocator(hidden ? registers.subList(1, registers.size()) : registers, "xmm");
        List<Passing> places = new ArrayList<>();
        for (FunctionType.Parameter parameter : function.parameters()) {
            places.add(argument(parameter.type(), arguments));
        }
        return new CallLayout(places, result, arguments.more());
    }

    private static Passing argument(Type type, ArgumentAllocator arguments) {
        List<SystemVClass> classes = SystemVClass.of(type);
        if (classes.isEmpty() && type.size() == 0) {
            return new Passing.Nothing();
        }
        boolean memory = classes.isEmpty() || classes.contains(SystemVClass.X87);
        if (memory || !arguments.has(count(classes, SystemVClass.INTEGER), count(classes, SystemVClass.SSE))) {
            return arguments.stack(type.size(), type.alignment());
        }
        List<Passing.Part> parts = new ArrayList<>();
        for (SystemVClass each : classes) {
            parts.add(each == SystemVClass.INTEGER ? arguments.register() : each == SystemVClass.SSE ? arguments.vector()
                    : Passing.Part.PADDING);
        }
        return new Passing.InRegisters(parts);
    }

    private static int count(List<SystemVClass> classes, SystemVClass wanted) {
        return (int) classes.stream().filter(each -> each == wanted).count();
    }

    private Passing result(Type type) {
        if (type.size() == 0) {
            return new Passing.Nothing();
        }
        List<SystemVClass> classes = SystemVClass.of(type);
        if (classes.isEmpty()) {
            return new Passing.InCallersMemory(table.resultAddress(), Optional.of(table.result()));
        }
        List<Passing.Part> parts = new ArrayList<>();
        List<Register> registers = table.results();
        int register = 0;
        int vector = 0;
        for (SystemVClass each : classes) {
            parts.add(switch (each) {
                case INTEGER -> Passing.Part.of(registers.get(register++));
                case SSE -> Passing.Part.unseen("xmm" + vector++);
                case X87 -> Passing.Part.unseen("st0");
                case NONE -> Passing.Part.PADDING;
            });
        }
        return new Passing.InRegisters(parts);
    }
}
