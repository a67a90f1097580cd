// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionReturnsTest {
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
            ALONE void never(void) { for (;;) __asm__ volatile ("pause"); }
            ALONE long choice(long a) {
                switch (a) {
                case 0: return last(1) + 1; case 1: return last(7) * 3; case 2: return last(a) - 9; case 3: return last(8) ^ 77;
                case 4: return last(4) + 4; case 5: return last(5) * last(6); case 6: return last(6) / 3; default: return 4;
                }
            }
            __attribute__((cold, noipa)) void rare(void) { __asm__ volatile (""); }
            ALONE long moved(long a) { if (__builtin_expect(a == 9, 0)) { rare(); return a * 3; } return a; }
            long falls(long a), next(long a);
            __asm__(".text\\n.globl falls\\n.type falls, @function\\nfalls: inc %rdi\\n.size falls, . - falls\\n"
                ".globl next\\n.type next, @function\\nnext: mov %rdi, %rax\\nrep ret\\n.size next, . - next\\n");
            struct ops { long x; int index; long (*act)(long, long); };
            ALONE long table(struct ops *ops, int *v, long i) { return ops->act(v[i], ops->index); }
            int main(void) { return 0; }
            """;

    @TempDir
    static Path folder;
    private static Path program;
    private static Path stripped;

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "x86-64 code");
        program = folder.resolve("program");
        stripped = folder.resolve("stripped");
        Files.writeString(folder.resolve("program.c"), SOURCE);
        BuiltPrograms.build(folder, List.of("gcc -O2 -fPIE -pie -o program program.c", "strip -o stripped program",
                "gcc -O0 -fcf-protection=none -fPIE -pie -o plain program.c",
                "gcc -O2 -fcf-protection -fno-PIE -no-pie -o fixed program.c"));
    }

    private ElfFile elf;

    @BeforeEach
    void read() throws IOException {
        elf = ElfFile.read(program, program);
    }

    private FunctionReturns returns(String name) throws IOException {
        return elf.code().returns(program, elf.functions().find(name).orElseThrow().address(), none -> OptionalLong.empty());
    }

    private List<Long> listed(String name) throws IOException {
        return BuiltPrograms.listed("objdump", program, name, ".*\\tre(t|pz ret).*");
    }

    private void all(String name, List<Long> followed) throws IOException {
        FunctionReturns returns = returns(name);
        assertEquals("", returns.missing(), name);
        assertEquals(listed(name), returns.own(), name);
        assertEquals(followed, returns.followed(), name);
    }

    @Test
    void everyReturnInstruction() throws Exception {
        for (String name : List.of("plain", "last", "calls", "choice")) {
            assertFalse(listed(name).isEmpty(), name);
            all(name, List.of());
        }
    }

    @Test
    void inWhatTheCompilerHasMovedAway() throws Exception {
        assertFalse(elf.functions().named("moved.cold").isEmpty(), "gcc has moved nothing away");
        all("moved", List.of());
    }

    @Test
    void ofTheFunctionItEndsIn() throws Exception {
        all("ends", listed("last"));
        all("falls", listed("next"));
    }

    @Test
    void saysWhereItCannotKnow() throws Exception {
        assertEquals("at +0x0 it jumps to free of another file, which returns to its caller", returns("frees").missing());
        assertTrue(returns("by").missing().endsWith(" it jumps to where a pointer says, which returns to its caller"),
                returns("by").missing());
        assertEquals("it has no return instruction", returns("never").missing());
    }

    /** Numbers from a table are no table of the compiler's. */
    @Test
    void whatLooksLikeATable() throws Exception {
        assertTrue(returns("table").missing().endsWith(" it jumps to where a pointer says, which returns to its caller"),
                returns("table").missing());
    }

    /** Tables of a switch as other options make them. */
    @Test
    void switchesOfEveryKind() throws Exception {
        for (String name : List.of("plain", "fixed")) {
            ElfFile other = ElfFile.read(folder.resolve(name), folder.resolve(name));
            FunctionReturns returns = other.code().returns(folder.resolve(name),
                    other.functions().find("choice").orElseThrow().address(),
                    none -> OptionalLong.empty());
            assertEquals("", returns.missing(), name);
        }
    }

    /** Where functions begin and end, the unwind table says too. */
    @Test
    void inAStrippedFile() throws Exception {
        ElfFile without = ElfFile.read(stripped, stripped);
        for (String name : List.of("plain", "choice", "ends")) {
            assertEquals(returns(name), without.code().returns(stripped, elf.functions().find(name).orElseThrow().address(),
                    none -> OptionalLong.empty()), name);
        }
        FunctionReturns inside = without.code().returns(stripped, elf.functions().find("plain").orElseThrow().address() + 1,
                none -> OptionalLong.empty());
        assertEquals("the file does not say where it ends", inside.missing());
    }

    /** Whatever stands in the unwind table, the code and the tables of the loader. */
    @Test
    void damagedFilesAreErrorsOnly() throws Exception {
        byte[] whole = Files.readAllBytes(program);
        long address = elf.functions().find("choice").orElseThrow().address();
        Random random = new Random(7);
        Path damaged = folder.resolve("damaged");
        for (int round = 0; round < 300; round++) {
            byte[] bytes = whole.clone();
            for (int i = 0; i < 400; i++) {
                bytes[64 + random.nextInt(bytes.length - 64)] = (byte) random.nextInt();
            }
            Files.write(damaged, bytes);
            try {
                ElfFile file = ElfFile.read(damaged, damaged);
                file.code().begins(damaged, address);
                file.code().unwinds(damaged);
                file.code().returns(damaged, address, none -> OptionalLong.empty());
            } catch (ElfException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
        }
    }

    /** A function whose last call is of one that the loader has chosen. */
    @Test
    void whatAnIndirectFunctionHasBecome() throws Exception {
        Path path = LibraryCache.find(LibraryCache.PATH, "libc.so.6").orElseThrow();
        ElfFile libc = ElfFile.read(path, path);
        long strdup = libc.functions().find("strdup").orElseThrow().address();
        assertTrue(libc.code().returns(path, strdup, none -> OptionalLong.empty()).missing()
                .endsWith(" it jumps to a function chosen at start, which returns to its caller"));
        long chosen = libc.code().fileOffset(libc.functions().find("malloc").orElseThrow());
        FunctionReturns returns = libc.code().returns(path, strdup,
                symbol -> symbol.name().equals("memcpy") ? OptionalLong.of(chosen)
                        : OptionalLong.empty());
        assertEquals("", returns.missing());
        assertEquals(libc.code().returns(path, libc.code().address(chosen), none -> OptionalLong.empty()).own(),
                returns.followed());
    }

    /** No function of the C library has code that cannot be read. */
    @Test
    void theWholeLibraryIsRead() throws Exception {
        Path path = LibraryCache.find(LibraryCache.PATH, "libc.so.6").orElseThrow();
        ElfFile libc = ElfFile.read(path, path);
        int all = 0;
        int complete = 0;
        for (String name : libc.functions().names(false)) {
            for (ElfSymbol symbol : libc.functions().named(name)) {
                FunctionReturns returns = symbol.indirect() ? null
                        : libc.code().returns(path, symbol.address(), none -> OptionalLong.empty());
                if (returns != null) {
                    all++;
                    complete += returns.missing().isEmpty() ? 1 : 0;
                    assertFalse(returns.missing().contains("cannot be read"), name + ": " + returns.missing());
                }
            }
        }
        assertTrue(complete > all * 0.85, complete + " of " + all);
    }
}
