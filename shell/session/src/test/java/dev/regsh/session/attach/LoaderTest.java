// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.Session;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.event.Event;
import dev.regsh.session.rule.LiveRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that only watch, really attached to a program made for it: loading, attaching, counting, events, detaching. */
class LoaderTest {
    @TempDir
    Path folder;
    private String program;

    @BeforeEach
    void program() throws Exception {
        assumeTrue(Engines.privileged(), "needs CAP_SYS_ADMIN");
        assumeTrue(Files.exists(Path.of("/sys/bus/event_source/devices/uprobe")), "needs a kernel with uprobes");
        assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
        Path source = folder.resolve("program.c");
        Files.writeString(source, """
                __attribute__((noipa)) int twice(int a) { return a + a; }
                __attribute__((noipa)) int thrice(int a) { return 3 * a; }
                int main(int argc, char **argv) { return twice(argc) + thrice(argc + 1) > 0 ? 0 : 1; }
                """);
        program = folder.resolve("program").toString();
        assertEquals(0, new ProcessBuilder("gcc", "-O1", "-o", program, source.toString()).inheritIO().start().waitFor());
    }

    private void runs() throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(program, "x").start().waitFor());
    }

    private LiveRule attach(Session session, String rule) {
        String text = rule.replace("PROGRAM", program);
        return session.attach((Rule) Parser.parse(new Source("test", text), Map.of()).get(0));
    }

    @Test
    void countsUntilItIsDetachedAndSendsEvents() throws Exception {
        List<Event> events = new CopyOnWriteArrayList<>();
        try (Session session = new Session()) {
            session.events().listen(events::add);
            LiveRule rule = attach(session, "on PROGRAM:twice log edi as watched");
            assertEquals("armed", rule.state());
            assertEquals("watched", rule.name());
            runs();
            runs();
            assertEquals(2, rule.hits());
            assertEquals(2, rule.fired());
            assertEquals(0, rule.errors());
            rule.arm(false);
            assertEquals("disarmed", rule.state());
            runs();
            assertEquals(2, rule.hits());
            rule.arm(true);
            runs();
            session.detach(rule);
            assertEquals("expired", rule.state());
            assertEquals(3, rule.hits(), "its counters can still be read");
            runs();
            assertEquals(3, rule.hits());
            assertEquals(3, events.size());
            assertEquals("watched", events.get(0).rule());
            assertEquals(program + ":twice", events.get(0).function());
            assertTrue(session.rules().live().isEmpty());
        }
    }

    @Test
    void functionsOfAGlobCountTogether() throws Exception {
        try (Session session = new Session()) {
            LiveRule rule = attach(session, "on PROGRAM:t*ice log");
            assertEquals(2, rule.functions());
            runs();
            assertEquals(2, rule.hits());
            LiveRule after = attach(session, "after PROGRAM:thrice when ret == 9 log ret");
            runs();
            assertEquals(1, after.hits(), "it was called with 3");
        }
    }

    @Test
    void whatCannotBeAttachedLeavesNothing() {
        try (Session session = new Session()) {
            attach(session, "on PROGRAM:twice log as one");
            assertThrows(RuntimeException.class, () -> attach(session, "on PROGRAM:twice log as one"));
            assertThrows(RuntimeException.class, () -> attach(session, "on PROGRAM:nowhere log"));
            assertEquals(1, session.rules().live().size());
        }
    }

    @Test
    void aRuleIsGoneWithItsSession() throws Exception {
        LiveRule rule;
        try (Session session = new Session()) {
            rule = attach(session, "on PROGRAM:twice log");
            runs();
        }
        long hits = rule.hits();
        assertEquals(1, hits);
        runs();
        assertEquals(hits, rule.hits());
        assertFalse(rule.stillIn().isPresent());
    }
}
