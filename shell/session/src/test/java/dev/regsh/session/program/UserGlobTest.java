// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.bpf.symbol.UserSymbolSource.Match;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserGlobTest {
    @TempDir
    Path folder;

    /** Of several names of one place the plainest has it, and the others say so; an IFUNC is what it has become, or named. */
    @Test
    void eachPlaceHasOneName() throws Exception {
        Path source = folder.resolve("program.c");
        Files.writeString(source, """
                int read_it(void) { return 1; }
                int __read_it(void) __attribute__((alias("read_it")));
                static int (*choose(void))(void) { return read_it; }
                int read_chosen(void) __attribute__((ifunc("choose")));
                int main(void) { return 0; }
                """);
        String program = folder.resolve("program").toString();
        assertEquals(0, new ProcessBuilder("gcc", "-o", program, source.toString()).inheritIO().start().waitFor());
        try (UserPrograms programs = new UserPrograms()) {
            List<Match> found = programs.matching(program, "*read_*", List.of());
            assertEquals(List.of("__read_it", "read_chosen", "read_it"), found.stream().map(Match::symbol).toList());
            assertEquals("another name of one that is probed", found.get(0).why());
            assertTrue(found.get(1).why().startsWith("an IFUNC"), found.get(1).why());
            assertTrue(found.get(2).place().isPresent());
            assertEquals(List.of(), programs.matching(program, "none_*", List.of()));
        }
    }
}
