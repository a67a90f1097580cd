// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.folder.RuntimeFolder;
import dev.regsh.session.rule.AttachedRule;
import dev.regsh.session.rule.PendingRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several sessions of one process; their rules wait for a module that never comes. */
class SessionsTest {
    /** Longer than anything takes on a busy machine. */
    private static final long LONG_NANOS = 60_000_000_000L;
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    @BeforeEach
    void privileged() {
        assumeTrue(Engines.privileged(), "needs CAP_SYS_ADMIN");
        assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
    }

    private static PendingRule await(Session session, String function) {
        return session.await((Rule) Parser.parse(new Source("test", "on nosuch:" + function + " log"), Map.of()).get(0), "nosuch");
    }

    private static Path socket(String name) {
        Path socket = RuntimeFolder.RUN.resolve(name + ".sock");
        for (long end = System.nanoTime() + LONG_NANOS; !Files.exists(socket) && System.nanoTime() < end;) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(Files.exists(socket), "nobody listens at " + socket);
        return socket;
    }

    /** What another session of the process is told of these, as {@code list --all} shows it. */
    private static List<String> seen(Session from) {
        return new AllRules(from).all(SessionsTest::unheard).stream().map(AttachedRule::ref)
                .filter(ref -> ref.startsWith(PID + "/")).sorted().toList();
    }

    private static void unheard(Failure silent) {
        assertFalse(silent.getMessage().contains(PID), silent.getMessage());
    }

    // One is closed before the others.
    @SuppressWarnings("try")
    @Test
    void everySessionOfAProcessIsSeen() {
        try (Session asks = new Session(); Session first = new Session(); Session second = new Session()) {
            int one = await(first, "f").id();
            Path firstSocket = socket(PID);
            int other = await(second, "g").id();
            Path secondSocket = socket(PID + ".2");
            assertEquals(List.of(PID + "/" + one, PID + "/" + other), seen(asks));
            assertEquals(List.of(PID + "/" + other), seen(first), "its own are shown by their numbers");

            first.close();
            assertFalse(Files.exists(firstSocket));
            assertTrue(Files.exists(secondSocket));
            assertEquals(List.of(PID + "/" + other), seen(asks));

            new AllRules(asks).meant(PID + "/" + other, SessionsTest::unheard).get(0).detach();
            assertTrue(second.rules().isEmpty());
            assertEquals(List.of(), seen(asks));
            second.close();
            assertFalse(Files.exists(secondSocket));
        }
    }

    @Test
    void aNameIsFreeOnceItsSessionIsClosed() {
        for (int i = 0; i < 20; i++) {
            try (Session session = new Session(); Session asks = new Session()) {
                assertEquals(1, await(session, "f").id(), "no other session has a rule");
                socket(PID);
                assertEquals(List.of(PID + "/1"), seen(asks));
            }
        }
    }
}
