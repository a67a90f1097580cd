// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceTest {
    @Test
    void everyPlaceHasItsLineAndColumn() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(600); left > 0; left--) {
                text.append(random.nextInt(4) == 0 ? '\n' : 'a');
            }
            Source source = new Source("t", text.toString());
            String[] lines = text.toString().split("\n", -1);
            int line = 1;
            int column = 1;
            for (int at = 0; at <= text.length(); at++) {
                assertEquals(new Span(line, column, at, 1), source.span(at, 1));
                assertEquals(lines[line - 1], source.line(line));
                boolean end = at < text.length() && text.charAt(at) == '\n';
                line += end ? 1 : 0;
                column = end ? 1 : column + 1;
            }
            assertEquals("", source.line(lines.length + 1));
            assertEquals("", source.line(0));
        }
    }

    @Test
    void aLineEndsBeforeItsCarriageReturn() {
        assertEquals("list", new Source("t", "list\r\n").line(1));
    }
}
