// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.grammar.source.Source;
import dev.regsh.session.Session;
import dev.regsh.shell.Run;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.Output;
import dev.regsh.shell.output.TextOutput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class InterpreterTest {
    @Test
    void errorsHaveTheirPlaceTheLineAndACaret() {
        Run run = Run.text("list\n  lits\n");
        assertEquals(ExitCode.FAILED, run.status());
        assertEquals("no rules\nt.rsh:2:3: no command 'lits'\n    lits\n    ^^^^\n  hint: did you mean list?\n", run.err());
    }

    @Test
    void whatDoesNotParseIsNotBegun() {
        Run run = Run.text("! echo begun\non f set rdi=\n");
        assertEquals(ExitCode.USAGE, run.status());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("t.rsh:2:"), run.err());
    }

    @Test
    void theFirstErrorStopsUnlessToldOtherwise() {
        assertEquals("", Run.text("expect 1 == 2\n! echo on").out());
        Run run = Run.text("onerror continue\nexpect 1 == 2\n! echo on");
        assertEquals("on\n", run.out());
        assertEquals(ExitCode.FAILED, run.status());
    }

    @Test
    void statusAndOutputOfACommand() {
        Run run = Run.text("! echo a b; exit 3\nexpect status == 3\nexpect output == \"a b\"\nexpect output ~ \"a*\"");
        assertEquals(ExitCode.DONE, run.status(), run.err());
        assertTrue(Run.text("! exit 3\nexpect status == 4").err().contains("left is 3, right is 4"));
    }

    /** A glob that went back at each star would look at this output for years. */
    @Test
    void globsAreQuickWhateverTheOutput() {
        assertTimeoutPreemptively(Duration.ofMinutes(20), () -> assertEquals(ExitCode.FAILED,
                Run.text("! head -c 1000000 /dev/zero | tr '\\0' a\nexpect output ~ \"*a*a*a*a*a*b\"").status()));
    }

    /** Three bytes a letter: wherever a read ends, most often it is inside one. */
    @Test
    void lettersOfOutputStayWhole() {
        String letters = "\u6f22".repeat(20_000);
        assertEquals(letters + "\n", Run.text("! i=0; while [ $i -lt 20000 ]; do printf '\u6f22'; i=$((i+1)); done; echo").out());
    }

    /** As at a prompt, where commands have the terminal. */
    private static String prompt(String... lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(all, true, StandardCharsets.UTF_8);
        Options options = new Options(false);
        Output output = new TextOutput(stream, stream, () -> 0, options);
        try (Session session = new Session()) {
            Interpreter interpreter = new Interpreter(new Workspace(session, output, options), new ScriptHost(false), false);
            for (String line : lines) {
                interpreter.run(new Source("<prompt>", line));
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatWentToTheTerminalIsNotExpected(@TempDir Path folder) throws Exception {
        String said = prompt("! true", "expect output == \"\"", "expect status == 0");
        assertEquals("<prompt>:1:1: what the command printed went to the terminal and was not kept",
                said.lines().findFirst().get());
        assertEquals(4, said.lines().count(), said);
        assertEquals("a\n", prompt("set capture on", "! echo a", "expect output == \"a\""));
        Path script = Files.writeString(folder.resolve("s.rsh"), "! echo b\nexpect output == \"b\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals("b\n", prompt("replay " + script));
    }

    @Test
    void variablesReachCommandsAsEnvironmentOnly() {
        Run run = Run.text("let n = 2 + 3\n! echo \"$n\" '${n}'\n");
        assertEquals("5 ${n}\n", run.out());
    }

    @Test
    void exitEndsTheScript() {
        assertEquals("", Run.text("exit\n! echo on").out());
    }

    @Test
    void jsonIsOneDocumentALine() {
        Run run = Run.json("lits");
        assertTrue(run.err().startsWith("{\"kind\":\"error\",\"file\":\"t.rsh\",\"line\":1,\"column\":1,"), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void reportCountsExpectations(@TempDir Path folder) throws Exception {
        Report report = new Report("t.rsh");
        Run.of("onerror continue\nexpect 1 < 2\nexpect 2 < 1\nlits\n", false, report);
        Path file = folder.resolve("r.xml");
        report.write(file);
        Element suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(file))
                .getDocumentElement();
        assertEquals("3", suite.getAttribute("tests"));
        assertEquals("2", suite.getAttribute("failures"));
        Element second = (Element) suite.getElementsByTagName("testcase").item(1);
        assertEquals("line 3: expect 2 < 1", second.getAttribute("name"));
        assertEquals(1, second.getElementsByTagName("failure").getLength());
    }
}
