// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.session.failure.Failure;
import dev.regsh.shell.exit.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    private static Arguments read(String line) {
        return Arguments.read(line.isEmpty() ? new String[0] : line.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"'',INTERACTIVE", "--json,INTERACTIVE", "run x.rsh,RUN", "check x.rsh,CHECK", "-c list,STATEMENTS",
        "--json -c list,STATEMENTS", "list --json,COMMAND", "--help,HELP", "--version,VERSION"})
    void modes(String line, Arguments.Mode mode) {
        assertEquals(mode, read(line).mode());
        assertEquals(line.contains("--json"), read(line).has(Flag.JSON));
    }

    @Test
    void whatFollowsAScriptIsItsOwn() {
        Arguments arguments = read("run --report r.xml x.rsh --json 5");
        assertEquals("r.xml", arguments.operand(Flag.REPORT));
        assertEquals("x.rsh", arguments.text());
        assertEquals(List.of("--json", "5"), arguments.operands());
        assertTrue(!arguments.has(Flag.JSON));
    }

    @Test
    void aScriptThatIsCheckedHasArgumentsToo() {
        Arguments arguments = read("--json check x.rsh --trust 5");
        assertEquals(List.of("--trust", "5"), arguments.operands());
        assertTrue(arguments.has(Flag.JSON) && !arguments.has(Flag.TRUST));
        assertEquals("-", read("check - 5").text());
    }

    @ParameterizedTest
    @CsvSource({"--nonsense,no option --nonsense", "run,run needs a file", "-c,-c takes one text",
        "--report,--report needs a file"})
    void usage(String line, String message) {
        Failure failure = assertThrows(Failure.class, () -> read(line));
        assertEquals(message, failure.getMessage());
        assertEquals(ExitCode.USAGE, ExitCode.of(failure));
    }
}
