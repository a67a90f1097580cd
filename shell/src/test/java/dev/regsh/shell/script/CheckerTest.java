// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.shell.Run;
import dev.regsh.shell.exit.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code regsh check} takes what {@code regsh run} takes, and refuses what it refuses. */
class CheckerTest {
    private static void same(String script, int status, String message, String... arguments) {
        Run run = Run.of(script, false, null, false, arguments);
        Run check = Run.of(script, false, null, true, arguments);
        assertEquals(status, run.status(), run.err());
        assertEquals(status, check.status(), check.err());
        assertTrue(run.err().contains(message), run.err());
        assertTrue(check.err().contains(message), check.err());
        assertEquals("", check.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "let x = 5\nexpect ${x} == 5\n! echo \"$x\"", "let x = 2 + 3; let y = ${x} * 2; expect ${y} == 10",
        "expect 1 ? 1 : status", "! true\nexpect status == 0 && output == \"\"", "! echo a\nlet n = status\nexpect ${n} == 0",
        "help list; list --help; set; set events off; doctor --help", "sleep 1ms; wait 1us; onerror continue", "exit; lits",
        "list\nlist --all", "set pending on\nset pending off"})
    void takes(String script) {
        same(script, ExitCode.DONE, "");
    }

    @Test
    void takesArguments() {
        same("expect ${1} + ${2} == 5", ExitCode.DONE, "", "2", "3");
        same("expect ${1} + ${2} == 5", ExitCode.USAGE, "argument 2 was not given", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "expct 1|no command 'expct'", "expect hits nobody == 0|no rule 'nobody'", "wait nobody fired 1|no rule 'nobody'",
        "keep nobody|no rule 'nobody'", "list some|list takes no 'some'", "help lits|is 'lits'",
        "set events maybe|neither on nor off", "find|needs an operand", "detach|needs a rule", "history 5|no history",
        "events|needs a prompt", "exit now|takes no operand", "expect \"a\" == 1|cannot be known", "expect status ~ 5|~ compares",
        "expect statsu == 0|nothing is named 'statsu'", "plan list|plan takes a rule", "save a b|takes one operand",
        "replay /no/such/file|cannot open /no/such/file", "let x = nobody|nothing is named 'nobody'"})
    void refuses(String both) {
        int bar = both.indexOf('|');
        same(both.substring(0, bar), both.startsWith("replay") ? ExitCode.USAGE : ExitCode.FAILED, both.substring(bar + 1));
    }

    @Test
    void oneMistakeDoesNotHideTheNext() {
        Run check = Run.of("lits\nexpct 1\n", false, null, true);
        assertTrue(check.err().contains("t.rsh:1:1: ") && check.err().contains("t.rsh:2:1: "), check.err());
    }

    @Test
    void looksIntoScriptsThatAreReplayed(@TempDir Path folder) throws Exception {
        Path inner = Files.writeString(folder.resolve("inner.rsh"), "let n = ${1}\nlits\n");
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rw-r--r--"));
        same("replay " + inner + " 5", ExitCode.FAILED, "inner.rsh:2:1: no command 'lits'");
        same("replay " + inner, ExitCode.USAGE, "argument 1 was not given");
    }
}
