// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.source.Source;
import dev.regsh.shell.option.Options;
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

    private static String error(String name, String line, String marked) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Source source = new Source(name, line);
        new TextOutput(stream, stream, () -> 0, new Options(false)).error(source, new Diagnostic(
                source.span(line.indexOf(marked), marked.length()), "wrong", ""));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theCaretsStandBelowTheMistakeWhateverTheLetters() {
        assertEquals("t:1:16: wrong\n  on f comm \"\u6f22\u5b57\" lmit 5\n                   ^^^^\n",
                error("t", "on f comm \"\u6f22\u5b57\" lmit 5", "lmit"));
        assertEquals("t:1:5: wrong\n  a \\x1b b\n         ^\n", error("t", "a\t\u001b b", "b"));
        assertEquals("t:1:1: wrong\n  \u6f22\u5b57 x\n  ^^^^\n", error("t", "\u6f22\u5b57 x", "\u6f22\u5b57"));
        String far = "x".repeat(300) + " lmit " + "y".repeat(300);
        String[] lines = error("t", far, "lmit").split("\n");
        assertEquals(lines[1].indexOf("lmit"), lines[2].indexOf("^^^^"));
        assertEquals(122, lines[1].length());
    }

    @Test
    void fileNamesSteerNoTerminalEither() {
        assertTrue(error("\u001b[31mx.rsh", "lits", "lits").startsWith("\\x1b[31mx.rsh:1:1: "));
    }

    @Test
    void nothingSteersTheTerminal() {
        assertEquals("ID  RULE\n 7  \\x1b[2Jx\\x9b\n", table(0, "\u001b[2Jx\u009b"));
    }
}
