// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.log.LogRouting;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of their own: what they end with, and what they say on stderr. */
class MainTest {
    @TempDir
    private Path folder;

    private Run run(String memory, Path input, File output, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", memory, "-cp", System.getProperty("java.class.path"),
                "dev.regsh.shell.Main"));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectOutput(output)
                .redirectError(err.toFile()).start();
        return new Run(process.waitFor(), "", Files.readString(err));
    }

    private File out() {
        return folder.resolve("out").toFile();
    }

    @Test
    void fullMemoryIsOneSentence() throws Exception {
        Path input = Files.write(folder.resolve("in"), "a;".repeat(6 << 20).getBytes(StandardCharsets.UTF_8));
        Run run = run("-Xmx12m", input, out());
        assertEquals("regsh: no memory is left (regsh has 11 MB)\n  hint: its rules are detached; give it less at once\n",
                run.err());
        assertEquals(ExitCode.FAILED, run.status());
    }

    @Test
    void inputWithoutEndIsRefused() throws Exception {
        Run run = run("-Xmx128m", Path.of("/dev/zero"), out());
        assertEquals("regsh: <stdin> is longer than 16 MiB or has no end\n  hint: a script is a text file of rules and commands\n",
                run.err());
        assertEquals(ExitCode.USAGE, run.status());
    }

    @Test
    void resultsThatAreLostAreAFailure() throws Exception {
        Run run = run("-Xmx128m", Path.of("/dev/null"), new File("/dev/full"), "--json", "help");
        assertTrue(run.err().startsWith("{\"kind\":\"error\",\"message\":\"results are lost: standard output cannot be written: "),
                run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertEquals(ExitCode.FAILED, run.status());
    }

    @Test
    void usageIsADocumentWhereverJsonStands() throws Exception {
        Run run = run("-Xmx128m", Path.of("/dev/null"), out(), "--no-such", "--json");
        assertEquals("{\"kind\":\"error\",\"message\":\"no option --no-such\",\"hint\":\"regsh --help shows them\"}\n", run.err());
        assertEquals(ExitCode.USAGE, run.status());
    }

    @Test
    void whatTheRuntimeLogsGoesToTheLogFile() throws Exception {
        Path log = folder.resolve("log");
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dregsh.log=" + log,
                "-cp", System.getProperty("java.class.path"), Logs.class.getName());
        Path err = folder.resolve("err");
        assertEquals(0, new ProcessBuilder(command).redirectError(err.toFile()).start().waitFor());
        assertEquals("", Files.readString(err));
        assertTrue(Files.readString(log).contains("WARN  MainTest$Logs warned"), Files.readString(log));
        assertTrue(Files.readString(log).contains("ERROR MainTest$Logs as Spring does"), Files.readString(log));
    }

    /** Logs as libraries do. */
    static final class Logs {
        public static void main(String[] none) {
            LogRouting.install();
            LogFactory.getLog(Logs.class).error("as Spring does");
            System.getLogger(Logs.class.getName()).log(System.Logger.Level.WARNING, "warned", new IllegalStateException("a trace"));
        }
    }
}
