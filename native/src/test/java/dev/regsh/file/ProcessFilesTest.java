// SPDX-License-Identifier: Apache-2.0
package dev.regsh.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.base.errno.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFilesTest {
    @TempDir
    Path root;

    @Test
    void noLinkLeadsOutOfARoot() throws Exception {
        Files.writeString(root.resolve("inside"), "here");
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/inside"));
        Files.createSymbolicLink(root.resolve("outside"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(root.resolve("up"), Path.of("../../../../../../etc/passwd"));
        Files.createSymbolicLink(root.resolve("magic"), Path.of("/proc/self/root/etc/passwd"));
        try (HeldFile file = HeldFile.regularBelow(root.toString(), "/absolute")) {
            assertEquals("here", Files.readString(file.path()));
        }
        for (String name : new String[] {"outside", "up", "magic", "../../../etc/passwd"}) {
            assertThrows(KernelException.class, () -> HeldFile.regularBelow(root.toString(), name), name);
        }
        assertThrows(KernelException.class, () -> HeldFile.regularBelow(root.toString(), "/"));
    }

    @Test
    void aReplacedProgramIsTheOneThatRuns() throws Exception {
        Path program = root.resolve("sleep");
        Files.copy(Path.of("/bin/sleep"), program);
        Process process = new ProcessBuilder(program.toString(), "60").start();
        try {
            ProcessFiles files = new ProcessFiles(process.pid());
            while (files.executableMappings().stream().noneMatch(mapping -> mapping.path().equals(program.toString()))) {
                Thread.sleep(10);
            }
            assertTrue(files.mapped(program.toString()).isEmpty());
            org.junit.jupiter.api.Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/map_files")), "needs root");
            HeldFile.Identity before;
            try (HeldFile held = HeldFile.regular(program.toString())) {
                before = held.identity();
            }
            Files.delete(program);
            Files.copy(Path.of("/bin/true"), program);
            try (HeldFile mapped = files.mapped(program.toString()).orElseThrow()) {
                assertEquals(before, mapped.identity());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatIsNot() {
        assertEquals("there is no process 4194305", assertThrows(IOException.class, () -> new ProcessFiles(4194305)).getMessage());
    }
}
