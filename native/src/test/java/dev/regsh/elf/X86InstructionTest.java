// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class X86InstructionTest {
    /** Against GNU objdump, on all the code of libraries that use every corner of the instruction set. */
    @ParameterizedTest
    @ValueSource(strings = {"libc.so.6", "libm.so.6", "libstdc++.so.6"})
    void everyInstructionIsAsLongAsObjdumpSays(String library) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "x86-64 libraries");
        Path path = LibraryCache.find(LibraryCache.PATH, library).orElse(Path.of("/none"));
        assumeTrue(Files.exists(path), library);
        byte[] file = Files.readAllBytes(path);
        ElfHeaders headers = headers(path);
        Process objdump = new ProcessBuilder("objdump", "-d", "-j", ".text", "--insn-width=16", path.toString()).start();
        List<String> wrong = new ArrayList<>();
        int count = 0;
        try (BufferedReader lines = objdump.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t");
                // It shows a wait and what is waited for as one instruction.
                if (fields.length < 3 || fields[1].startsWith("9b ")) {
                    continue;
                }
                long address = Long.parseLong(fields[0].strip().replace(":", ""), 16);
                int length = fields[1].strip().split(" ").length;
                int got = X86Instruction.length(file, (int) headers.fileOffset(address));
                count++;
                if (got != length) {
                    wrong.add(line + " not " + got);
                }
            }
        }
        assertTrue(count > 1000, "only " + count);
        assertEquals(List.of(), wrong.subList(0, Math.min(20, wrong.size())), wrong.size() + " of " + count);
    }

    private static ElfHeaders headers(Path path) throws java.io.IOException {
        try (java.nio.channels.FileChannel channel = java.nio.channels.FileChannel.open(path)) {
            return new ElfHeaders(new ElfReader(channel));
        }
    }
}
