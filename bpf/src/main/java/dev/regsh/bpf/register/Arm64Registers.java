// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

import java.util.List;
import java.util.stream.IntStream;

/** arm64, after {@code struct user_pt_regs} of arch/arm64/include/uapi/asm/ptrace.h and the AAPCS64. */
final class Arm64Registers {
    /** The platform register: the kernel has its shadow call stack there (CONFIG_SHADOW_CALL_STACK). */
    private static final int PLATFORM = 18;
    private static final int LINK = 30;
    private static final String RETURN_ADDRESS = "it is the return address, which the function may have signed";

    private Arm64Registers() {}

    static RegisterTable table() {
        var builder = new RegisterTable.Builder(Architecture.ARM64, 34, "pc", "sp", "x30", 0, List.of("x0", "x1"), "x8",
                List.of("x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7"));
        for (int i = 0; i <= 30; i++) {
            String readOnly = i == PLATFORM ? "it may have the shadow call stack" : i == LINK ? RETURN_ADDRESS : "";
            builder.add("x" + i, i, 64, 0, "x" + i, readOnly);
            builder.add("w" + i, i, 32, 0, "x" + i, readOnly);
        }
        builder.add("lr", LINK, 64, 0, "x30", RETURN_ADDRESS);
        builder.add("sp", 31, 64, 0, "sp", "a changed stack pointer would crash the kernel");
        builder.add("pc", 32, 64, 0, "pc", "the instruction pointer is written only by goto");
        builder.add("pstate", 33, 64, 0, "pstate", "the flags can only be read");
        builder.absent("it is always zero", "xzr", "wzr");
        String vectors = "floating point and vector registers are not part of what a probe sees";
        for (String letter : List.of("v", "q")) {
            IntStream.range(0, 32).forEach(i -> builder.absent(vectors, letter + i));
        }
        return builder.build();
    }
}
