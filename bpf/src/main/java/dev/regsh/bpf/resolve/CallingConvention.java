// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.Types;
import java.util.ArrayList;
import java.util.List;

/** Which registers each parameter of a function travels in (System V x86-64 psABI 3.2.3; AAPCS64 6.8.2). */
public final class CallingConvention {
    private CallingConvention() {}

    /**
     * Where a parameter that is passed in memory lies.
     *
     * @param number of the parameter, from 0
     * @return in bytes from the first such
     */
    public static long stackOffset(FunctionType function, RegisterTable table, int number) {
        List<List<Register>> places = places(function, table);
        long offset = 0;
        for (int i = 0; i < number; i++) {
            Type type = function.parameters().get(i).type();
            if (places.get(i).isEmpty() && !(type instanceof Type.Float)) {
                offset += (Types.size(type) + 7) / 8 * 8;
            }
        }
        return offset;
    }

    /** In the order of the parameters: one register, two for a struct or a wide integer; none: passed in memory. */
    public static List<List<Register>> places(FunctionType function, RegisterTable table) {
        List<List<Register>> places = new ArrayList<>();
        int next = 0;
        for (FunctionType.Parameter parameter : function.parameters()) {
            int needed = (int) Math.max(1, (Types.size(parameter.type()) + 7) / 8);
            boolean fits = needed <= 2 && next + needed <= table.arguments().size()
                    && !(parameter.type() instanceof Type.Float);
            places.add(fits ? List.copyOf(table.arguments().subList(next, next + needed)) : List.of());
            next += fits ? needed : 0;
        }
        return places;
    }
}
