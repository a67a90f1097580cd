// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.register.RegisterTable;

/**
 * Where a function returns to, at its entry: on top of the stack, or in a register. There it is as the caller left it; a function
 * signs it later, if it does (pointer authentication).
 */
final class ReturnAddress {
    private ReturnAddress() {}

    /** @param what is read, as the rule has it */
    static Value of(CodeBuilder code, MemoryLowering memory, RegisterTable registers, boolean user, String what) {
        return registers.link().isPresent() ? code.contextWord(registers.link().get())
                : memory.readWord(user, code.contextWord(registers.stackPointer()), what);
    }
}
