// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Returns and beginnings of functions in arm64 code, by programs that a cross compiler makes. */
class Arm64ReturnsTest {
    private static final String SOURCE = """
            #include <stdlib.h>
            #define ALONE __attribute__((noipa, used))
            ALONE long plain(long a) { if (a == 3) return 7; return a * 2; }
            ALONE long last(long a) { return a + 1; }
            ALONE long calls(long a) { return last(a) + 1; }
            ALONE long ends(long a) { return a == 5 ? 1 : last(a + 2); }
            ALONE void frees(void *a) { free(a); }
            long (*volatile pointer)(long);
            ALONE long by(long a) { return pointer(a); }
            ALONE void never(void) { for (;;) __asm__ volatile ("yield"); }
            ALONE long choice(long a) {
                switch (a) {
                case 0: return last(1) + 1; case 1: return last(7) * 3; case 2: return last(a) - 9; case 3: return last(8) ^ 77;
                case 4: return last(4) + 4; case 5: return last(5) * last(6); case 6: return last(6) / 3; default: return 4;
                }
            }
            long v[9];
            ALONE long leaf(long a) {
                switch (a) {
                case 0: return v[1] / 7; case 1: return v[2] * 3; case 2: return v[0] - 9; case 3: return v[3] ^ 77;
                case 4: return v[4] + v[5]; case 5: v[5]++; return 5; case 6: return v[6] / v[3]; default: return 4;
                }
            }
            __attribute__((cold, noipa)) void rare(void) { __asm__ volatile (""); }
            ALONE long moved(long a) { if (__builtin_expect(a == 9, 0)) { rare(); return a * 3; } return a; }
            struct ops { long x; int index; long (*act[4])(long, long); };
            ALONE long table(struct ops *ops, int *v, long i) { return ops->act[i](v[i], ops->index); }
            int main(void) { return 0; }
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/aarch64-linux-gnu-gcc")), "no cross compiler");
        Files.writeString(folder.resolve("program.c"), SOURCE);
        String gcc = "aarch64-linux-gnu-gcc -O2 -fPIE -pie -o ";
        BuiltPrograms.build(folder, List.of(gcc + "plain -mbranch-protection=none program.c",
                gcc + "protected -mbranch-protection=standard program.c",
                gcc + "linked -mbranch-protection=standard -Wl,-z,force-bti -w program.c",
                gcc + "signed -march=armv8.5-a -mbranch-protection=standard program.c",
                "aarch64-linux-gnu-strip -o stripped protected"));
    }

    private static FunctionReturns returns(Path program, String name) throws IOException {
        ElfFile elf = ElfFile.read(program, program);
        return elf.code().returns(program, elf.functions().find(name).orElseThrow().address(), none -> OptionalLong.empty());
    }

    private static List<Long> listed(Path program, String name) throws IOException {
        return BuiltPrograms.listed("aarch64-linux-gnu-objdump", program, name, ".*\\tret.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "protected", "linked"})
    void everyReturnInstruction(String file) throws Exception {
        Path program = folder.resolve(file);
        for (String name : List.of("plain", "last", "calls", "choice", "leaf", "moved", "ends")) {
            FunctionReturns returns = returns(program, name);
            assertEquals("", returns.missing(), name);
            assertFalse(listed(program, name).isEmpty(), name);
            assertEquals(listed(program, name), returns.own(), name);
            assertEquals(name.equals("ends") ? listed(program, "last") : List.of(), returns.followed(), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "protected", "linked"})
    void whereNotEveryReturnIsSeen(String file) throws Exception {
        Path program = folder.resolve(file);
        assertTrue(returns(program, "frees").missing().endsWith("it jumps to free of another file, which returns to its caller"),
                returns(program, "frees").missing());
        for (String name : List.of("by", "table")) {
            assertTrue(returns(program, name).missing().endsWith("it jumps to where a pointer says, which returns to its caller"),
                    name + ": " + returns(program, name).missing());
        }
        assertEquals("it has no return instruction", returns(program, "never").missing());
    }

    /** The kernel puts no breakpoint on RETAA. */
    @Test
    void returnsThatAuthenticateByThemselves() throws Exception {
        Path program = folder.resolve("signed");
        assertTrue(returns(program, "calls").missing().contains("it returns where the kernel lets nobody probe"),
                returns(program, "calls").missing());
        assertEquals("", returns(program, "last").missing());
    }

    @Test
    void withoutSymbolsTheUnwindTableTells() throws Exception {
        Path program = folder.resolve("protected");
        Path stripped = folder.resolve("stripped");
        ElfFile elf = ElfFile.read(program, program);
        for (String name : List.of("plain", "calls", "choice", "leaf")) {
            FunctionReturns returns = ElfFile.read(stripped, stripped).code().returns(stripped,
                    elf.functions().find(name).orElseThrow().address(), none -> OptionalLong.empty());
            assertEquals("", returns.missing(), name);
            assertEquals(listed(program, name), returns.own(), name);
        }
    }

    /** Behind BTI c a function is as at its entry; behind PACIASP its return address is signed. */
    @Test
    void functionsBeginBehindLandingPads() throws Exception {
        Path program = folder.resolve("protected");
        ElfFile elf = ElfFile.read(program, program);
        long leaf = elf.functions().find("last").orElseThrow().address();
        assertEquals(Optional.of(true), elf.code().begins(program, leaf));
        assertEquals(Optional.of(true), elf.code().begins(program, leaf + 4));
        assertEquals(Optional.of(false), elf.code().begins(program, leaf + 8));
        long calls = elf.functions().find("calls").orElseThrow().address();
        assertEquals(Optional.of(true), elf.code().begins(program, calls));
        assertEquals(Optional.of(false), elf.code().begins(program, calls + 4));
    }

    @Test
    void whereAProbeMayBe() throws Exception {
        Path program = folder.resolve("protected");
        ElfFile elf = ElfFile.read(program, program);
        long begin = elf.code().fileOffset(elf.functions().find("calls").orElseThrow());
        elf.code().checkInstruction(program, begin, 0);
        elf.code().checkInstruction(program, begin, 4);
        assertEquals("+0x6 is in the middle of an instruction: they begin at +0x4 and +0x8",
                assertThrows(ElfException.class, () -> elf.code().checkInstruction(program, begin, 6)).getMessage());
        long ret = returns(program, "calls").own().get(0) - begin;
        elf.code().checkInstruction(program, begin, ret);
        assertEquals("the kernel lets nobody probe +0x" + Long.toHexString(ret - 4)
                + ", which is a hint that is not known to be harmless (AUTIASP, WFE and the like)",
                assertThrows(ElfException.class, () -> elf.code().checkInstruction(program, begin, ret - 4)).getMessage());
    }
}
