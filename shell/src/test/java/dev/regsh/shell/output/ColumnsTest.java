// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.base.text.Printable;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void areThoseOfTheTerminal() {
        assertEquals(3, Columns.of("abc"));
        assertEquals(4, Columns.of("\u6f22\u5b57"));
        assertEquals(1, Columns.of("e\u0301"));
        assertEquals(2, Columns.of("\ud83d\ude00"));
        assertEquals("\u6f22" + Printable.CUT, Columns.cut("\u6f22\u5b57\u6f22", 4));
        assertEquals("\u6f22\u5b57", Columns.cut("\u6f22\u5b57", 4));
        assertEquals("\u6f22  |", Columns.padded("\u6f22", 4) + "|");
    }

    @Test
    void nothingUnseenIsShownAsItIs() {
        assertEquals("a\\x1b[2Jb\\x0a\\x09\\x9b", Printable.escape("a\u001b[2Jb\n\t\u009b"));
        assertEquals("\\u202eexe\\u2066\\u200b", Printable.escape("\u202eexe\u2066\u200b"));
        assertEquals("\\ud800", Printable.escape("\ud800"));
        assertEquals("\u00e9\u6f22\ud83d\ude00", Printable.escape("\u00e9\u6f22\ud83d\ude00"));
        assertEquals("a\tb\n\\x1b", Printable.lines("a\tb\n\u001b"));
    }
}
