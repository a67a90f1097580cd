// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFileTest {
    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("s.rsh");
        Files.writeString(file, "list\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static String refused(String name) {
        Failure failure = assertThrows(Failure.class, () -> ScriptFile.read(name, false));
        assertEquals(ExitCode.USAGE, ExitCode.of(failure));
        return failure.getMessage();
    }

    private static void assumeRoot() throws IOException {
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root is protected");
    }

    @Test
    void reads() {
        assertEquals("list\n", ScriptFile.read(file.toString(), false).text());
    }

    @Test
    void rootRunsNothingOthersMayWrite() throws IOException {
        assumeRoot();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertEquals(file + " may be written by others, and root would run it", refused(file.toString()));
        assertEquals("list\n", ScriptFile.read(file.toString(), true).text());
    }

    @Test
    void rootRunsNothingOfSomebodyElse() throws IOException {
        assumeRoot();
        Files.setAttribute(file, "unix:uid", 65534);
        assertTrue(refused(file.toString()).contains("belongs to user 65534"));
        // A link of root's own changes nothing: what counts is the file that is opened.
        Path link = Files.createSymbolicLink(folder.resolve("l.rsh"), file);
        assertTrue(refused(link.toString()).contains("belongs to user 65534"));
    }

    @Test
    void nobodyWaitsForWhoWritesToAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertEquals(pipe + " is no regular file",
                assertTimeoutPreemptively(Duration.ofMinutes(2), () -> refused(pipe.toString())));
    }

    @Test
    void aScriptMayBeLongButNotWithoutEnd() throws IOException {
        Files.writeString(file, "\n".repeat(16 << 20));
        assertEquals((16 << 20) + 1, ScriptFile.read(file.toString(), false).span(16 << 20, 0).line());
        Files.writeString(file, "\n".repeat((16 << 20) + 1));
        assertEquals(file + " is longer than 16 MiB or has no end", refused(file.toString()));
    }

    @Test
    void whatIsNoTextFileIsRefused() throws IOException {
        assertEquals("cannot open " + folder.resolve("none") + ": No such file or directory",
                refused(folder.resolve("none").toString()));
        assertEquals(folder + " is a folder", refused(folder.toString()));
        assertEquals("/dev/zero is no regular file", refused("/dev/zero"));
        Files.write(file, new byte[] {(byte) 0xff, 0, 1});
        assertThrows(DiagnosticException.class, () -> ScriptFile.read(file.toString(), false));
    }
}
