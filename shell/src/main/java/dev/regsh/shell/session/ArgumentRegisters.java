// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.resolve.CallingConvention;
import dev.regsh.bpf.type.FunctionType;
import java.util.ArrayList;
import java.util.List;

/** Which register each parameter of a function travels in, in words. */
public final class ArgumentRegisters {
    private ArgumentRegisters() {}

    /** In the order of the parameters; {@code rdi:rsi} for a struct in two, {@code stack} for what is passed in memory. */
    public static List<String> of(FunctionType function, Architecture architecture) {
        List<String> places = new ArrayList<>();
        for (List<Register> registers : CallingConvention.places(function, architecture.registers())) {
            places.add(registers.isEmpty() ? "stack" : String.join(":", registers.stream().map(Register::name).toList()));
        }
        return places;
    }
}
