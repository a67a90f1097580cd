// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that tests build with a compiler, and what its objdump says of them. */
final class BuiltPrograms {
    private BuiltPrograms() {}

    /** Runs commands in the folder; each must succeed. */
    static void build(Path folder, List<String> commands) throws Exception {
        for (String command : commands) {
            assertEquals(0, new ProcessBuilder(command.split(" ")).directory(folder.toFile()).inheritIO().start().waitFor());
        }
    }

    /** Offsets in the file of the instructions that match, as objdump lists the function and what else is named so. */
    static List<Long> listed(String objdump, Path program, String name, String instruction) throws IOException {
        ElfFile elf = ElfFile.read(program, program);
        List<Long> found = new ArrayList<>();
        boolean in = false;
        Process process = new ProcessBuilder(objdump, "-d", program.toString()).start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(">:")) {
                    in = line.contains("<" + name + ">") || line.contains("<" + name + ".cold>");
                } else if (in && line.matches(instruction)) {
                    found.add(elf.code().offset(Long.parseLong(line.substring(0, line.indexOf(':')).strip(), 16)));
                }
            }
        }
        found.sort(null);
        return found;
    }
}
