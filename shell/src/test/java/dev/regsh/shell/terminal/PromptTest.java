// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The prompt in a pseudo-terminal, which script(1) provides: keys sent, screen read. */
class PromptTest {
    /** Only what never comes takes so long, on however busy a machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final String CTRL_C = "\u0003";
    private static final Pattern STYLE = Pattern.compile("\u001b(\\[[0-9;?]*[A-Za-z]|[=>])");
    private static final Pattern UNDERLINED = Pattern.compile("\u001b\\[([0-9;]*;)?4(?:;[0-9;]*)?m([^\u001b]*)");
    private static final String CTRL_D = "\u0004";

    @TempDir
    private Path state;
    /** Each test starts one; null: it was not to be run here. */
    @SuppressWarnings("NullAway.Init")
    private Process process;
    private final StringBuilder screen = new StringBuilder();
    /** With what steers the terminal; all of it since the start. */
    private final StringBuilder styled = new StringBuilder();

    private void start(String term) throws IOException {
        start(term, 100, 30);
    }

    private void start(String term, int columns, int rows) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1)");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Whoever runs the tests in the background may have Ctrl-C ignored.
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/env", "--default-signal=INT", "/usr/bin/script", "-qec",
                "stty cols " + columns + " rows " + rows + "; exec " + java + " -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path")
                        + "' dev.regsh.shell.Main",
                "/dev/null").redirectErrorStream(true);
        builder.environment().put("TERM", term);
        builder.environment().put("XDG_STATE_HOME", state.toString());
        process = builder.start();
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
        await("regsh> ");
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            byte[] buffer = new byte[4096];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                synchronized (screen) {
                    String read = new String(buffer, 0, got, StandardCharsets.UTF_8);
                    styled.append(read);
                    screen.append(STYLE.matcher(read).replaceAll(""));
                }
            }
        } catch (IOException ended) {
            return;
        }
    }

    private String seen() {
        synchronized (screen) {
            return screen.toString();
        }
    }

    /** Waits until a text appears after all that was waited for before. */
    private void await(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!seen().contains(text)) {
            assertTrue(System.nanoTime() < end, "'" + text + "' does not appear in: " + seen());
            pause();
        }
        synchronized (screen) {
            screen.delete(0, screen.indexOf(text) + text.length());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void send(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    private int ended() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), "still runs: " + seen());
        return process.exitValue();
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void ctrlCGivesUpTheLineOrTheStatementNotTheSession(String term) throws Exception {
        start(term);
        send("lis" + CTRL_C);
        await("regsh> ");
        send("set; sleep 600s\r");
        await("highlight");
        send(CTRL_C);
        await("interrupted");
        await("regsh> ");
        send("! echo li''ve\r");
        await("live");
        send("exit\r");
        assertEquals(0, ended());
    }

    @Test
    void ctrlDEndsIt() throws Exception {
        start("xterm");
        send(CTRL_D);
        assertEquals(0, ended());
    }

    @Test
    void noOtherKeyEndsItAndInALineCtrlDDeletes() throws Exception {
        start("xterm");
        send("\0");
        send("\u00ff" + CTRL_C);
        await("regsh> ");
        send("! echo li''Xve" + "\u0002".repeat(3) + CTRL_D + "\r");
        await("live");
    }

    @Test
    void ctrlDTypedAheadEndsItToo() throws Exception {
        start("xterm");
        send("set; sleep 1s\r");
        await("highlight");
        send(CTRL_D);
        assertEquals(0, ended());
    }

    @Test
    void commandsHaveTheTerminalAsItWas() throws Exception {
        start("xterm");
        send("! echo re''ady; cat; echo be''hind\r");
        await("ready");
        send("line\r" + CTRL_D);
        await("line");
        await("behind");
        await("regsh> ");
    }

    @Test
    void whatIsWrongIsUnderlinedBeforeEnter() throws Exception {
        start("xterm");
        send("list ");
        await("list ");
        Thread.sleep(500);
        assertEquals("", underlined());
        send(CTRL_C);
        await("regsh> ");
        send("lits ");
        await("lits ");
        while (!underlined().equals("lits")) {
            assertTrue(underlined().length() < 4, underlined());
            pause();
        }
    }

    /** What was last written underlined. */
    private String underlined() {
        synchronized (screen) {
            Matcher parts = UNDERLINED.matcher(styled);
            StringBuilder text = new StringBuilder();
            while (parts.find()) {
                text.append(parts.group(2));
            }
            return text.toString();
        }
    }

    @Test
    void historyIsSuggestedFaintly() throws Exception {
        start("xterm");
        send("find regsh_none\r");
        await("regsh> ");
        send("fi");
        await("find regsh_none");
        synchronized (screen) {
            assertTrue(Pattern.compile("\u001b\\[(22;)?2mi?nd regsh_none").matcher(styled).find(), styled.toString());
        }
        // Right takes it.
        send("\u001bOC x\r");
        await("find regsh_none x");
    }

    @Test
    void aTerminalWithoutASizeIsAnUsualOne() throws Exception {
        start("xterm", 0, 0);
        send("doc\t");
        await("tor");
        send(CTRL_C);
        await("regsh> ");
        send("set\r");
        await("suggestions");
        await("regsh> ");
        send("events\r");
        await("q ends");
        send("q");
        send("list\r");
        await("no rules");
        send("exit\r");
        assertEquals(0, ended());
    }

    @Test
    void tabCompletes() throws Exception {
        start("xterm");
        send("doc\t");
        await("tor");
        send(CTRL_C);
        await("regsh> ");
        send("on schedule_timeout ret=-ENOM\t");
        await("EM");
    }

    @Test
    void historyIsTheUsersAlone() throws Exception {
        start("xterm");
        send("list\r");
        await("no rules");
        send("exit\r");
        assertEquals(0, ended());
        Path history = state.resolve("regsh/history");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
        assertTrue(Files.readString(history).contains("list"));
    }
}
