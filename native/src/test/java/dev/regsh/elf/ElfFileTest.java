// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {
    @TempDir
    Path folder;

    private Path compile(String source, String... options) throws Exception {
        Path file = folder.resolve("program.c");
        Files.writeString(file, source);
        Path out = folder.resolve("program");
        java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of("gcc", "-o", out.toString()));
        command.addAll(java.util.List.of(options));
        command.add(file.toString());
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
        return out;
    }

    /** What the file holds at the function, against what the processor was told to run: mov $0x1234567,%eax. */
    private static void holdsItsCode(Path program) throws IOException {
        ElfFile elf = ElfFile.read(program, program);
        long offset = elf.code().fileOffset(elf.functions().find("answer").orElseThrow());
        ByteBuffer code = ByteBuffer.wrap(Files.readAllBytes(program)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        boolean found = false;
        for (int at = (int) offset; at < offset + 16; at++) {
            found |= code.getInt(at) == 0x1234567;
        }
        assertTrue(found, "no such constant at " + offset);
    }

    private static final String SOURCE = "int answer(void) { return 0x1234567; }\nint main(void) { return answer() == 0; }\n";

    @Test
    void findsCodeInAnyKindOfExecutable() throws Exception {
        holdsItsCode(compile(SOURCE, "-O0"));
        holdsItsCode(compile(SOURCE, "-O0", "-no-pie", "-fno-pie"));
        holdsItsCode(compile(SOURCE, "-O0", "-static"));
        holdsItsCode(compile(SOURCE, "-O0", "-shared", "-fPIC", "-s"));
    }

    @Test
    void aStrippedProgramUsesItsDebugFile() throws Exception {
        Path program = compile(SOURCE, "-O0");
        Path debug = folder.resolve("program.debug");
        for (String[] command : new String[][] {{"objcopy", "--only-keep-debug", program.toString(), debug.toString()},
            {"strip", program.toString()}, {"objcopy", "--add-gnu-debuglink=" + debug, program.toString()}}) {
            assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
        }
        holdsItsCode(program);
        Files.delete(debug);
        assertTrue(ElfFile.read(program, program).functions().find("answer").isEmpty());
    }

    /** C++ names as they are written; parts that are seldom run are no functions; names of several say where each is. */
    @Test
    void functionsWhoseNameMatches() throws Exception {
        Path program = compile("long area(long a) __asm__(\"_ZN5shape4areaEl\"); long area(long a) { return a; }\n"
                + "long spare(long a) __asm__(\"spare.cold\"); long spare(long a) { return a; }\n"
                + "__asm__(\".type twin, @function\\ntwin: ret\\n.type twin2, @function\\ntwin2: ret\\n\");\n" + SOURCE, "-O0");
        ElfFile elf = ElfFile.read(program, program);
        assertEquals(List.of("answer"), matching(elf, "answe", false));
        assertEquals(List.of("shape::area(long)"), matching(elf, "shape::area", false));
        assertEquals(List.of("_ZN5shape4areaEl"), matching(elf, "_ZN5shape", true));
        assertEquals(List.of(), matching(elf, "_ZN5shape", false));
        assertEquals(List.of(), matching(elf, "spare", false));
        assertEquals(List.of("twin", "twin2"), matching(elf, "twin", false));
        Path path = LibraryCache.find(LibraryCache.PATH, "libc.so.6").orElseThrow();
        assertTrue(matching(ElfFile.read(path, path), "pthread_cond_wait", false)
                .containsAll(List.of("pthread_cond_wait", "pthread_cond_wait@GLIBC_2.2.5")));
    }

    private static List<String> matching(ElfFile elf, String prefix, boolean mangled) {
        return elf.functions().matching(name -> name.startsWith(prefix), mangled).stream().map(ElfFunctions.Named::name).sorted()
                .toList();
    }

    @Test
    void versionsAndIndirectFunctionsOfTheCLibrary() throws Exception {
        Path path = LibraryCache.find(LibraryCache.PATH, "libc.so.6").orElseThrow();
        ElfFile libc = ElfFile.read(path, path);
        assertTrue(libc.code().fileOffset(libc.functions().find("malloc").orElseThrow()) > 0);
        assertFalse(libc.buildId().isEmpty());
        ElfSymbol old = libc.functions().find("pthread_cond_wait@GLIBC_2.2.5").orElseThrow();
        ElfSymbol now = libc.functions().find("pthread_cond_wait").orElseThrow();
        assertEquals("GLIBC_2.3.2", now.version());
        assertFalse(old.address() == now.address());
        ElfException refused = assertThrows(ElfException.class,
                () -> libc.code().fileOffset(libc.functions().find("memcpy").orElseThrow()));
        assertTrue(refused.getMessage().contains("IFUNC"), refused.getMessage());
        assertTrue(libc.functions().names(false).contains("malloc"));
        assertEquals(java.util.List.of("malloc@GLIBC_2.2.5"), libc.functions().versions("malloc"));
    }

    @Test
    void namesOfTheSameFunctionTwiceAreRefused() throws Exception {
        Files.writeString(folder.resolve("other.c"),
                "static int twin(int a) { return a + 1; }\nint use(int a) { return twin(a); }\n");
        Path program = compile("static int twin(int a) { return a + 2; }\nint use(int);\nint main(int c, char **v)"
                + " { (void)v; return twin(c) + use(c); }\n", "-O0", folder.resolve("other.c").toString());
        ElfException refused = assertThrows(ElfException.class, () -> ElfFile.read(program, program).functions().find("twin"));
        assertTrue(refused.getMessage().contains("2 functions"), refused.getMessage());
    }

    @Test
    void damagedFilesAreErrorsOnly() throws Exception {
        byte[] whole = Files.readAllBytes(compile(SOURCE, "-O0"));
        Random random = new Random(42);
        Path damaged = folder.resolve("damaged");
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = whole.clone();
            ByteBuffer view = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            // Half of the damage in the file header, half in the section headers at the end.
            int from = round % 2 == 0 ? 16 : (int) view.getLong(40);
            int length = round % 2 == 0 ? 48 : bytes.length - from;
            for (int i = 0; i < 4; i++) {
                bytes[from + random.nextInt(length)] = (byte) random.nextInt();
            }
            Files.write(damaged, round % 7 == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            try {
                ElfFile elf = ElfFile.read(damaged, damaged);
                elf.code().fileOffset(elf.functions().find("answer").orElseThrow(() -> new ElfException("gone")));
            } catch (ElfException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
        }
        Files.write(damaged, new byte[0]);
        assertThrows(ElfException.class, () -> ElfFile.read(damaged, damaged));
    }

    @Test
    void functionsByTheirNamesInCpp() throws Exception {
        Path program = compile("""
                int _ZN5shape4areaEi(int a) { return a; }
                int _ZN5shape4areaEd(int a) { return a + 1; }
                int _ZNK5shapeclEi(int a) { return a + 2; }
                int _ZN5shapeC2Ev(int a) { return a + 3; }
                int _ZN5shapeC1Ev(int) __attribute__((alias("_ZN5shapeC2Ev")));
                int main(void) { return 0; }
                """);
        ElfFile elf = ElfFile.read(program, program);
        assertEquals("_ZN5shape4areaEd", elf.functions().find("shape::area(double)").orElseThrow().name());
        assertEquals("_ZN5shape4areaEi", elf.functions().find("_ZN5shape4areaEi").orElseThrow().name());
        assertEquals("_ZNK5shapeclEi", elf.functions().find("shape::operator()").orElseThrow().name());
        assertEquals(elf.functions().find("_ZN5shapeC1Ev").orElseThrow().address(),
                elf.functions().find("shape::shape()").orElseThrow().address());
        ElfException two = assertThrows(ElfException.class, () -> elf.functions().find("shape::area"));
        assertTrue(two.getMessage().contains("shape::area(double); shape::area(int)"), two.getMessage());
        assertEquals(java.util.List.of("shape::area(double)", "shape::area(int)"), elf.functions().startingWith("shape::a", 9));
        assertTrue(elf.functions().names(false).contains("shape::area"));
        assertTrue(elf.functions().names(true).contains("shape::area(int)"));
    }

    @Test
    void whatAnIndirectFunctionHasBecome() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/map_files")), "needs root");
        Path path = LibraryCache.find(LibraryCache.PATH, "libc.so.6").orElseThrow();
        ElfFile libc = ElfFile.read(path, path);
        try (dev.regsh.file.HeldFile held = dev.regsh.file.HeldFile.regular(path.toString())) {
            long chosen = IndirectFunctions.chosen(held.identity(), "memcpy").orElseThrow();
            assertTrue(libc.code().address(chosen) != libc.functions().find("memcpy").orElseThrow().address());
            // A plain function is itself, which shows that the offset is right.
            assertEquals(libc.code().fileOffset(libc.functions().find("malloc").orElseThrow()),
                    IndirectFunctions.chosen(held.identity(), "malloc").orElseThrow());
        }
        try (dev.regsh.file.HeldFile other = dev.regsh.file.HeldFile.regular("/bin/sh")) {
            assertTrue(IndirectFunctions.chosen(other.identity(), "memcpy").isEmpty());
        }
    }

    @Test
    void saysWhatIsStrippedAndWhereImportsAreFrom() throws Exception {
        String source = "#include <stdio.h>\nint main(void) { return printf(\"x\"); }\n";
        Path program = compile(source, "-O0");
        ElfFile whole = ElfFile.read(program, program);
        assertFalse(whole.stripped());
        assertTrue(whole.importedFrom(program, "printf").contains("libc.so.6"));
        assertTrue(whole.importedFrom(program, "main").isEmpty());
        program = compile(source, "-O0", "-s");
        assertTrue(ElfFile.read(program, program).stripped());
        assertEquals(java.util.Optional.of("libc.so.6"), LibraryCache.named("libc.so"));
    }
}
