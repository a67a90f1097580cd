// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.session.Session;
import dev.regsh.session.json.Json;
import dev.regsh.shell.Run;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.TextOutput;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.command.completion.CompletionContext;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The pattern of a command's test: what it does, what it refuses, what Tab proposes. */
class FindCommandTest {
    @Test
    void listsTheFunctionsWhoseNameMatches() throws Exception {
        Run run = Run.json("find schedule_timeou?");
        assertEquals(ExitCode.DONE, run.status(), run.err());
        assertEquals(1, run.out().lines().count(), run.out());
        assertEquals("schedule_timeout", Json.read(run.out()).get("function"));
    }

    @Test
    void takesOneOperand() {
        Run run = Run.text("find a b");
        assertEquals(ExitCode.FAILED, run.status());
        assertTrue(run.err().startsWith("t.rsh:1:1: find takes one operand\n"), run.err());
        assertTrue(run.err().endsWith("hint: usage: find GLOB\n"), run.err());
    }

    @Test
    void tabProposesFunctions() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Options options = new Options(false);
        try (Session session = new Session()) {
            session.symbols().all();
            FindCommand command = new FindCommand(
                    new Workspace(session, new TextOutput(nowhere, nowhere, () -> 0, options), options));
            List<CompletionProposal> proposals = command.getCompletionProvider().apply(
                    new CompletionContext(List.of("find", "schedule_timeou"), 1, "schedule_timeou".length(), command, null));
            assertTrue(proposals.stream().anyMatch(each -> each.value().equals("schedule_timeout")), proposals.toString());
        }
    }
}
