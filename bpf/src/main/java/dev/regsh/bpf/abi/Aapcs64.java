// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.abi;

import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** arm64: "Procedure Call Standard for the Arm 64-bit Architecture", 6.8.2 "Parameter passing rules" and 6.9 "Result return". */
final class Aapcs64 {
    private static final int MOST = 16;
    private static final int MOST_FLOATS = 4;
    private static final int LARGEST_FLOAT = 16;

    private final RegisterTable table;

    Aapcs64(RegisterTable table) {
        this.table = table;
    }

    CallLayout layout(FunctionType function) {
        ArgumentAllocator arguments = new ArgumentAllocator(table.arguments(), "v");
        List<Passing> places = new ArrayList<>();
        for (FunctionType.Parameter parameter : function.parameters()) {
            places.add(argument(parameter.type(), arguments));
        }
        return new CallLayout(places, result(function.returns()), arguments.more());
    }

    private static Passing argument(Type type, ArgumentAllocator arguments) {
        long size = type.size();
        if (size == 0) {
            return new Passing.Nothing();
        }
        int floats = floats(type);
        if (floats > 0) {
            return vectors(type, floats, arguments);
        }
        if (size > MOST) {
            return new Passing.ByReference(argument(new Type.Pointer(() -> type), arguments));
        }
        if (type.naturalAlignment() == MOST) {
            arguments.evenRegister();
        }
        int registers = (int) (size + 7) / 8;
        if (arguments.has(registers, 0)) {
            return new Passing.InRegisters(arguments.registers(registers));
        }
        arguments.noMoreRegisters();
        return arguments.stack(size, type.naturalAlignment());
    }

    private static Passing vectors(Type type, int floats, ArgumentAllocator arguments) {
        if (!arguments.has(0, floats)) {
            arguments.noMoreVectors();
            return arguments.stack(type.size(), type.naturalAlignment());
        }
        List<Passing.Part> parts = new ArrayList<>();
        for (int i = 0; i < floats; i++) {
            parts.add(arguments.vector());
        }
        return new Passing.InRegisters(parts);
    }

    private Passing result(Type type) {
        long size = type.size();
        if (size == 0) {
            return new Passing.Nothing();
        }
        int floats = floats(type);
        if (floats == 0 && size > MOST) {
            return new Passing.InCallersMemory(table.resultAddress(), Optional.empty());
        }
        List<Passing.Part> parts = new ArrayList<>();
        for (int i = 0; i < (floats > 0 ? floats : (size + 7) / 8); i++) {
            parts.add(floats > 0 ? Passing.Part.unseen("v" + i) : Passing.Part.of(table.results().get(i)));
        }
        return new Passing.InRegisters(parts);
    }

    /** How many registers a floating point number, or an aggregate of one to four of the same size, takes; 0: it is none. */
    private static int floats(Type type) {
        if (type instanceof Type.Array) {
            // A vector type: no array is passed as one.
            return 1;
        }
        if (type.size() > MOST_FLOATS * LARGEST_FLOAT) {
            return 0;
        }
        Type.Float[] element = {null};
        int count = floats(type, element);
        return count >= 1 && count <= MOST_FLOATS && element[0].size() * count == type.size() ? count : 0;
    }

    /** How many of the same size; -1: something else is among them. */
    private static int floats(Type type, Type.Float[] element) {
        if (type instanceof Type.Float number) {
            if (element[0] == null) {
                element[0] = number;
            }
            return element[0].size() == number.size() ? 1 : -1;
        }
        Optional<List<Type.Member>> parts = type.parts();
        if (parts.isEmpty()) {
            return -1;
        }
        boolean union = type instanceof Type.Struct struct && struct.union();
        int all = 0;
        for (Type.Member part : parts.get()) {
            int some = part.bitWidth() > 0 ? -1 : floats(part.type(), element);
            if (some < 0) {
                return -1;
            }
            all = union ? Math.max(all, some) : all + some;
        }
        return all;
    }
}
