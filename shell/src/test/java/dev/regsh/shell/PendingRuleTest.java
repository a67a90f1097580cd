// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.session.engine.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules on a module that never comes; that they are attached when one does come, the end-to-end case "modules" shows. */
class PendingRuleTest {
    @TempDir
    Path folder;

    @BeforeEach
    void privileged() {
        assumeTrue(Engines.privileged(), "needs CAP_SYS_ADMIN");
        assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
    }

    @Test
    void refusedUnlessAskedToWait() {
        Run refused = Run.text("on nosuch:f log");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("module 'nosuch' is not loaded"), refused.err());
        Run waits = Run.text("set pending on\non nosuch:f log as mine\non nosuch:g_* ret=0\nlist\ndetach mine\nlist");
        assertEquals(0, waits.status(), waits.err());
        assertTrue(waits.out().contains("pending mine: it is attached when module nosuch is loaded"), waits.out());
        assertTrue(waits.out().matches("(?s).*1 +mine +pending.*2 +2 +pending.*nosuch:g_\\*.*detached mine.*"), waits.out());
        assertTrue(waits.out().contains("mine: nosuch is not loaded"), waits.out());
    }

    @Test
    void hasANameAndANumberOfItsOwn() {
        Run twice = Run.text("set pending on\non nosuch:f log as mine\non nosuch:g log as mine");
        assertTrue(twice.err().contains("there is a rule named 'mine' already"), twice.err());
        Run armed = Run.text("set pending on\non nosuch:f log\ndisarm 1");
        assertTrue(armed.err().contains("'1' is not attached yet: module nosuch is not loaded"), armed.err());
    }

    @Test
    void isSavedWithTheOption() throws Exception {
        Path file = folder.resolve("saved.rsh");
        Run saved = Run.text("set pending on\non nosuch:f log as mine\nsave " + file);
        assertTrue(saved.out().contains("saved 1 rule "), saved.out() + saved.err());
        assertTrue(Files.readString(file).endsWith("set pending on\non nosuch:f log as mine\n"), Files.readString(file));
    }

    @Test
    void checkTakesWhatRunTakes() {
        assertEquals(0, Run.of("set pending on\non nosuch:f log as mine\nexpect hits mine == 0", false, null, true).status());
        assertEquals(1, Run.of("on nosuch:f log", false, null, true).status());
    }
}
