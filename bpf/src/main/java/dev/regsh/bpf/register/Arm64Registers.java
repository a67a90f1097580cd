// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

import java.util.List;

/** arm64, after {@code struct user_pt_regs} of arch/arm64/include/uapi/asm/ptrace.h and the AAPCS64. */
final class Arm64Registers {
    private Arm64Registers() {}

    static RegisterTable table() {
        var builder = new RegisterTable.Builder(Architecture.ARM64, 34, "pc", "sp", 0, List.of("x0", "x1"), "x8",
                List.of("x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7"));
        for (int i = 0; i <= 30; i++) {
            builder.add("x" + i, i, 64, 0, "x" + i, "");
            builder.add("w" + i, i, 32, 0, "x" + i, "");
        }
        builder.add("lr", 30, 64, 0, "x30", "");
        builder.add("sp", 31, 64, 0, "sp", "a changed stack pointer would crash the kernel");
        builder.add("pc", 32, 64, 0, "pc", "the instruction pointer is written only by goto");
        builder.add("pstate", 33, 64, 0, "pstate", "the flags can only be read");
        return builder.build();
    }
}
