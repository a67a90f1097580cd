// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.CurrentProcess;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.rule.LiveRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sessions leave in a process that goes on: counters that can be read, and neither a descriptor nor a thread. */
class SessionEndTest {
    /** Longer than anything takes on a busy machine. */
    private static final long LONG_NANOS = 60_000_000_000L;
    private static final int UNUSED = 200;
    /** Of these sessions one tries what the kernel takes, which takes 100 ms. */
    private static final int TRYING = 20;
    private static final int USED = 6;
    /** As the threads of a session are called. */
    private static final Set<String> THREADS = Set.of("java", "events", "rules", "peers", "peer", "last events");

    @TempDir
    Path folder;

    @BeforeEach
    void privileged() {
        assumeTrue(Engines.privileged(), "needs CAP_SYS_ADMIN");
        assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(THREADS::contains).sorted()
                .collect(Collectors.toList());
    }

    /** Threads end when they can, shortly after the session is closed. */
    private static void assertNothingLeft(int descriptors) throws Exception {
        for (long end = System.nanoTime() + LONG_NANOS; (!threads().isEmpty() || descriptors() > descriptors)
                && System.nanoTime() < end;) {
            Thread.sleep(10);
        }
        assertEquals(List.of(), threads());
        assertTrue(descriptors() <= descriptors, descriptors() + " descriptors, and there were " + descriptors);
    }

    @Test
    void ofASessionWithoutARule() throws Exception {
        int before = 0;
        for (int i = 0; i <= UNUSED; i++) {
            try (Session session = new Session()) {
                if (i % TRYING == 0) {
                    session.compiler().engines();
                }
                assertFalse(session.lostRules());
            }
            // The first one loads classes and libraries.
            before = i == 0 ? descriptors() : before;
        }
        assertNothingLeft(before);
    }

    private String program() throws Exception {
        assumeTrue(Files.exists(Path.of("/sys/bus/event_source/devices/uprobe")), "needs a kernel with uprobes");
        Path source = Files.writeString(folder.resolve("program.c"), """
                __attribute__((noipa)) int twice(int a) { return a + a; }
                int main(int argc, char **argv) { return twice(argc) > 0 ? 0 : 1; }
                """);
        String program = folder.resolve("program").toString();
        assertEquals(0, new ProcessBuilder("gcc", "-O1", "-o", program, source.toString()).inheritIO().start().waitFor());
        return program;
    }

    private static LiveRule attach(Session session, String text) {
        return session.attach((Rule) Parser.parse(new Source("test", text), Map.of()).get(0));
    }

    @Test
    void ofASessionWithRules() throws Exception {
        String program = program();
        List<LiveRule> rules = new ArrayList<>();
        int before = 0;
        for (int i = 0; i <= USED; i++) {
            try (Session session = new Session()) {
                rules.add(attach(session, "on " + program + ":twice log edi"));
                assertEquals(0, new ProcessBuilder(program).start().waitFor());
            }
            if (i == 0) {
                assertNothingLeft(Integer.MAX_VALUE);
                before = descriptors();
            }
        }
        assertNothingLeft(before);
        System.gc();
        rules.forEach(rule -> assertEquals(1, rule.fired(), "it can still be read"));
    }

    // One is closed before the other.
    @SuppressWarnings("try")
    @Test
    void twoSessionsSpareTheProcessAndEndApart() throws Exception {
        String program = program();
        try (Session first = new Session(); Session second = new Session()) {
            LiveRule one = attach(first, "on " + program + ":twice log");
            LiveRule other = attach(second, "on " + program + ":twice log");
            for (LiveRule rule : List.of(one, other)) {
                assertEquals(CurrentProcess.number(), rule.block().words().getInt(CounterLayout.SESSION));
            }
            assertFalse(one.block().words().getInt(CounterLayout.WATCHDOG) == other.block().words()
                    .getInt(CounterLayout.WATCHDOG), "each has a watchdog of its own");
            first.close();
            assertEquals(0, new ProcessBuilder(program).start().waitFor());
            assertEquals(0, one.fired());
            assertEquals(1, other.fired());
            assertFalse(second.lostRules());
        }
    }
}
