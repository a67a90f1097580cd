// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

import java.util.List;
import java.util.stream.IntStream;

/** x86-64, after {@code struct pt_regs} of arch/x86/include/asm/ptrace.h and the System V calling convention. */
final class X86Registers {
    private static final String[] LEGACY = {"ax", "bx", "cx", "dx", "si", "di", "bp"};
    private static final int[] LEGACY_SLOTS = {10, 5, 11, 12, 13, 14, 4};
    private static final String[] NUMBERED = {"r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"};
    private static final int[] NUMBERED_SLOTS = {9, 8, 7, 6, 3, 2, 1, 0};

    private X86Registers() {}

    static RegisterTable table() {
        var builder = new RegisterTable.Builder(Architecture.X86_64, 21, "rip", "rsp", "", 8, List.of("rax", "rdx"), "rdi",
                List.of("rdi", "rsi", "rdx", "rcx", "r8", "r9"));
        for (int i = 0; i < LEGACY.length; i++) {
            String base = LEGACY[i];
            String whole = "r" + base;
            int slot = LEGACY_SLOTS[i];
            builder.add(whole, slot, 64, 0, whole, "");
            builder.add("e" + base, slot, 32, 0, whole, "");
            builder.add(base, slot, 16, 0, whole, "");
            if (base.endsWith("x")) {
                builder.add(base.charAt(0) + "l", slot, 8, 0, whole, "");
                builder.add(base.charAt(0) + "h", slot, 8, 8, whole, "");
            } else {
                builder.add(base + "l", slot, 8, 0, whole, "");
            }
        }
        for (int i = 0; i < NUMBERED.length; i++) {
            String whole = NUMBERED[i];
            int slot = NUMBERED_SLOTS[i];
            builder.add(whole, slot, 64, 0, whole, "");
            builder.add(whole + "d", slot, 32, 0, whole, "");
            builder.add(whole + "w", slot, 16, 0, whole, "");
            builder.add(whole + "b", slot, 8, 0, whole, "");
        }
        builder.add("rip", 16, 64, 0, "rip", "the instruction pointer is written only by goto");
        String stack = "a changed stack pointer would crash the kernel";
        builder.add("rsp", 19, 64, 0, "rsp", stack).add("esp", 19, 32, 0, "rsp", stack)
                .add("sp", 19, 16, 0, "rsp", stack).add("spl", 19, 8, 0, "rsp", stack);
        builder.add("rflags", 18, 64, 0, "rflags", "the flags can only be read")
                .add("eflags", 18, 32, 0, "rflags", "the flags can only be read");
        builder.absent("segment registers are not part of what a probe sees", "cs", "ds", "es", "fs", "gs", "ss");
        String vectors = "floating point and vector registers are not part of what a probe sees";
        IntStream.range(0, 16).forEach(i -> builder.absent(vectors, "xmm" + i, "ymm" + i, "zmm" + i, "mm" + i));
        return builder.build();
    }
}
