// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Which register each parameter of a function travels in (System V x86-64 psABI 3.2.3; AAPCS64 6.8.2). */
public final class ArgumentRegisters {
    private ArgumentRegisters() {}

    /** In the order of the parameters; {@code rdi:rsi} for a struct in two, {@code stack} for what is passed in memory. */
    public static List<String> of(FunctionType function, Architecture architecture) {
        List<Register> registers = architecture.registers().arguments();
        List<String> places = new ArrayList<>();
        int next = 0;
        for (FunctionType.Parameter parameter : function.parameters()) {
            int bytes = parameter.type() instanceof Type.Struct struct ? struct.size() : Long.BYTES;
            int needed = Math.max(1, (bytes + Long.BYTES - 1) / Long.BYTES);
            if (needed > 2 || next + needed > registers.size()) {
                places.add("stack");
            } else {
                places.add(String.join(":", registers.subList(next, next + needed).stream().map(Register::name).toList()));
                next += needed;
            }
        }
        return places;
    }
}
