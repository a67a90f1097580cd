// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.regsh.session.event.Event;
import dev.regsh.session.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What sort(1) and mkdir(1) do when they are short of memory and of space. */
class ExampleTest {
    @TempDir
    Path folder;

    /** A program under a name of its own, so that nobody else's on this machine is hit; it has at most 15 letters. */
    private Path copy(String program, String name) throws IOException {
        return Files.copy(Path.of("/usr/bin", program), folder.resolve(name));
    }

    private record Result(int status, String errors) {}

    private Result run(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), errors);
    }

    /** A machine that cannot carry out a rule skips the test. */
    private static Regsh open() {
        try {
            return Regsh.open();
        } catch (RegshException refused) {
            return abort(refused.getMessage() + ": " + refused.hint());
        }
    }

    private static RegshRule attach(Regsh regsh, String rule) {
        try {
            return regsh.attach(rule);
        } catch (RegshException refused) {
            if (refused.kind() == Failure.Kind.UNSUPPORTED) {
                return abort(refused.getMessage() + ": " + refused.hint());
            }
            throw refused;
        }
    }

    @Test
    void sortTakesItsMemoryAtOnce() throws Exception {
        Path sort = copy("sort", "sort-watched");
        try (Regsh regsh = open()) {
            RegshRule large = attach(regsh, "on libc.so.6:malloc comm \"sort-watched\" when rdi > 1M log rdi as large");
            assertEquals(0, run(sort, "--buffer-size=8M").status());
            assertTrue(large.hits() > 0);
            Event first = large.nextEvent(Duration.ofSeconds(5)).orElseThrow();
            assertTrue(first.number("rdi") > 1 << 20, first.toString());

            large.disarm();
            long before = large.hits();
            run(sort, "--buffer-size=8M");
            assertEquals(before, large.hits());
        }
    }

    @Test
    void sortMakesDoWithLessMemory() throws Exception {
        Path sort = copy("sort", "sort-short");
        try (Regsh regsh = open()) {
            RegshRule nomem = attach(regsh, "on libc.so.6:malloc comm \"sort-short\" when rdi > 1M limit 1 set rdi=-1");
            Result sorted = run(sort, "--buffer-size=8M");
            assertEquals(1, nomem.fired());
            assertEquals(0, nomem.errors(), () -> nomem.lastFailure().orElse(""));
            assertEquals(new Result(0, ""), sorted);
        }
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "REGSH_NO_KPROBES", matches = "1")
    void mkdirSaysWhenTheDiskIsFull() throws Exception {
        Path mkdir = copy("mkdir", "mkdir-full");
        try (Regsh regsh = open()) {
            RegshRule full = attach(regsh, "on security_inode_mkdir comm \"mkdir-full\" ret=-ENOSPC");
            Result made = run(mkdir, folder.resolve("made").toString());
            assertEquals(1, made.status());
            assertTrue(made.errors().contains("No space left on device"), made.errors());
            assertEquals(1, full.fired());

            full.detach();
            assertEquals(0, run(mkdir, folder.resolve("made").toString()).status());
        }
    }
}
