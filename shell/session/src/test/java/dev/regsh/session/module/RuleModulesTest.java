// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleModulesTest {
    @TempDir
    Path folder;

    private void load(String module, String state) throws IOException {
        Files.createDirectories(folder.resolve(module));
        Files.writeString(folder.resolve(module).resolve("initstate"), state + "\n");
    }

    private void unload(String module) throws IOException {
        // The folder stays, under another name, so that its inode is not given to the next.
        Files.move(folder.resolve(module), folder.resolve(module + "." + System.nanoTime()));
    }

    private RuleModules needed(String... modules) {
        return new RuleModules(folder, List.of(modules));
    }

    @Test
    void aModuleThatIsThereIsTheSameUntilItGoes() throws IOException {
        load("net", "live");
        load("disk", "live");
        RuleModules then = needed("net", "disk");
        assertTrue(then.same(then.now()));
        assertEquals(List.of(), then.absent());
        unload("net");
        RuleModules gone = then.now();
        assertFalse(then.same(gone));
        assertEquals(List.of("net"), gone.absent());
        assertEquals(List.of(), gone.newSince(then));
        load("net", "coming");
        assertTrue(gone.same(gone.now()), "one that is being loaded is not there yet");
        load("net", "live");
        assertEquals(List.of("net"), gone.now().newSince(gone));
        assertEquals(List.of(), gone.now().absent());
        load("net", "going");
        assertEquals(List.of("net"), gone.now().absent());
    }

    /** Between two looks. */
    @Test
    void oneThatIsLoadedAnewIsAnother() throws IOException {
        load("net", "live");
        RuleModules then = needed("net");
        unload("net");
        load("net", "live");
        assertFalse(then.same(then.now()));
        assertEquals(List.of("net"), then.now().newSince(then));
    }

    @Test
    void whatIsNeededAddsUp() throws IOException {
        load("net", "live");
        assertEquals(List.of("disk"), needed("net").with(needed("disk")).absent());
        assertTrue(needed().none());
        assertTrue(needed().same(needed().now()));
    }
}
