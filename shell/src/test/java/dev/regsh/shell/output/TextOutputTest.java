// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.shell.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextOutputTest {
    private static String table(int width, String last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new TextOutput(stream, stream, () -> width, new Options(false)).table("rule", List.of(Column.of("id"),
                Column.of("rule")),
                List.of(Map.of("id", 7, "rule", last)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void columnsLineUp() {
        assertEquals("ID  RULE\n 7  on f\n", table(0, "on f"));
    }

    @Test
    void aTableEndsWhereTheTerminalDoes() {
        assertEquals("ID  RULE\n 7  on functio…\n", table(15, "on function_with_a_long_name"));
    }

    @Test
    void nothingSteersTheTerminal() {
        assertEquals("ID  RULE\n 7  \\x1b[2Jx\\x9b\n", table(0, "\u001b[2Jx\u009b"));
    }
}
