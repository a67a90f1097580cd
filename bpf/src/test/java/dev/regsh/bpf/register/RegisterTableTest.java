// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegisterTableTest {
    private static final RegisterTable X86 = Architecture.X86_64.registers();

    /** The order of struct pt_regs, arch/x86/include/uapi/asm/ptrace.h. */
    @Test
    void slotsAreThoseOfPtRegs() {
        List<String> order = List.of("r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx",
                "rsi", "rdi", "orig_rax", "rip", "cs", "rflags", "rsp", "ss");
        assertEquals(order.size(), X86.words());
        for (Register register : X86.all()) {
            assertEquals(order.indexOf(register.whole()), register.slot(), register.name());
        }
    }

    /** Intel's manual, volume 1, table 3-2: the registers by width. */
    @Test
    void everyNameHasItsWidth() {
        Map<Integer, String> byWidth = Map.of(
                64, "r10 r11 r12 r13 r14 r15 r8 r9 rax rbp rbx rcx rdi rdx rflags rip rsi rsp",
                32, "eax ebp ebx ecx edi edx eflags esi esp r10d r11d r12d r13d r14d r15d r8d r9d",
                16, "ax bp bx cx di dx r10w r11w r12w r13w r14w r15w r8w r9w si sp",
                8, "ah al bh bl bpl ch cl dh dil dl r10b r11b r12b r13b r14b r15b r8b r9b sil spl");
        byWidth.forEach((bits, names) -> assertEquals(names, X86.all().stream().filter(r -> r.bits() == bits)
                .map(Register::name).sorted().collect(Collectors.joining(" "))));
        assertEquals(List.of("ah", "bh", "ch", "dh"), X86.all().stream().filter(r -> r.shift() == 8).map(Register::name)
                .sorted().toList());
    }

    @Test
    void masksAndWrites() {
        assertEquals(0xff00L, X86.named("ah").mask());
        assertEquals(0xffffL, X86.named("di").written());
        assertEquals(0xffff_ffffL, X86.named("edi").mask());
        assertEquals(-1L, X86.named("edi").written());
        assertEquals(-1L, X86.named("rdi").mask());
    }

    @Test
    void callingConvention() {
        assertEquals(List.of("rdi", "rsi", "rdx", "rcx", "r8", "r9"), X86.arguments().stream().map(Register::name).toList());
        assertEquals("rax", X86.result().name());
        assertEquals(List.of("x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7"),
                Architecture.ARM64.registers().arguments().stream().map(Register::name).toList());
        assertEquals("x0", Architecture.ARM64.registers().result().name());
    }

    @Test
    void whatCannotBeSetSaysWhy() {
        for (String name : List.of("rip", "rsp", "esp", "rflags")) {
            assertFalse(X86.named(name).writable(), name);
        }
        assertTrue(X86.named("r11").writable());
        assertTrue(X86.whyAbsent("cs").isPresent());
        assertTrue(X86.whyAbsent("xyz").isEmpty());
        assertTrue(X86.find("xyz").isEmpty());
    }

    @Test
    void arm64Names() {
        RegisterTable arm = Architecture.ARM64.registers();
        assertEquals(30, arm.named("lr").slot());
        assertEquals(32, arm.named("w7").bits());
        assertEquals(7, arm.named("w7").slot());
        assertFalse(arm.named("sp").writable());
        assertFalse(arm.named("pc").writable());
        assertEquals("x30", arm.link().orElseThrow().name());
        assertTrue(X86.link().isEmpty());
        assertTrue(arm.whyAbsent("v31").isPresent());
    }

    /** As the kernel's part has it: x0 to x29 but x18. */
    @Test
    void whatArm64KernelsTake() {
        assertEquals(IntStream.rangeClosed(0, 29).filter(i -> i != 18).mapToObj(i -> "x" + i).toList(),
                Architecture.ARM64.registers()
                        .all().stream().filter(register -> register.bits() == 64 && register.writable()).map(Register::name)
                        .toList());
    }
}
