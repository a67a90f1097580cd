// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.bpf.abi.CallLayout;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.type.FunctionType;
import java.util.List;

/** Where the parameters and the result of a function travel, in words. */
public final class ArgumentRegisters {
    private ArgumentRegisters() {}

    /**
     * In the order of the parameters; {@code rdi:rsi} for a struct in two, {@code stack} for what is passed in memory, {@code at x0}
     * where a register has the address of it; empty for what has no size.
     */
    public static List<String> of(FunctionType function, Architecture architecture) {
        return CallLayout.of(function, architecture.registers()).parameters().stream().map(Object::toString).toList();
    }

    /** Where the result is: {@code rax}, {@code rax:rdx}, {@code memory at rdi} (as at the entry); empty: it returns nothing. */
    public static String result(FunctionType function, Architecture architecture) {
        return CallLayout.of(function, architecture.registers()).result().toString();
    }
}
