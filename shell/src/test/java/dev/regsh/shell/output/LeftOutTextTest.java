// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.bpf.program.LeftOut;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeftOutTextTest {
    @Test
    void functionsAreNamedByTheirReasons() {
        assertEquals("5 left out: a, b, c and 1 more (x); d (y)", LeftOutText.sentence(List.of(new LeftOut("a", "x"),
                new LeftOut("b", "x"), new LeftOut("d", "y"), new LeftOut("c", "x"), new LeftOut("e", "x"))));
        assertEquals(List.of(Map.of("function", "a", "why", "x")), LeftOutText.fields(List.of(new LeftOut("a", "x"))));
    }
}
