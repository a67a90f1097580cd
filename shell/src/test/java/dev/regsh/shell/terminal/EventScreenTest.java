// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.session.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventScreenTest {
    /** It draws itself, takes its keys, and leaves the terminal as it was; whatever ends it, a key or the terminal's end. */
    @ParameterizedTest
    @ValueSource(strings = {"q", "Q", "\u0003", "pcq", "x\033[A\033[5~gGq", ""})
    void showsUntilItIsLeft(String keys) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (Session session = new Session();
                Terminal terminal = new ExternalTerminal("test", "xterm", new ByteArrayInputStream(
                        keys.getBytes(StandardCharsets.UTF_8)), shown, StandardCharsets.UTF_8)) {
            terminal.setSize(new Size(80, 10));
            Attributes before = terminal.getAttributes();
            new EventScreen(terminal, session).show();
            assertEquals(before.toString(), terminal.getAttributes().toString());
            terminal.flush();
            String text = shown.toString(StandardCharsets.UTF_8);
            assertTrue(text.contains("events 0  rate 0/s"), text);
            assertTrue(text.contains("RULE"), text);
            assertTrue(text.indexOf("\033[?1049h") >= 0 && text.lastIndexOf("\033[?1049l") > text.indexOf("\033[?1049h"), text);
        }
    }
}
