// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.session.Session;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.TextOutput;
import dev.regsh.shell.script.Interpreter;
import dev.regsh.shell.script.ScriptHost;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineHighlighterTest {
    private final Session session = new Session();
    private final Options options = new Options(true);
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    private final LineHighlighter highlighter = new LineHighlighter(new Interpreter(new Workspace(session,
            new TextOutput(nowhere, nowhere, () -> 0, options), options), new ScriptHost(false), true).commands(),
            session.symbols(),
            options, Map.of("known", "1"));

    @AfterEach
    void close() {
        session.close();
    }

    private AttributedString line(String text) {
        AttributedString shown = highlighter.highlight(null, text);
        assertEquals(text, shown.toString(), "the text is never changed");
        return shown;
    }

    private static boolean underlined(AttributedString line, int at) {
        return line.styleAt(at).toAnsi().matches("(.*;)?4(;.*)?");
    }

    private static AttributedStyle colour(int colour) {
        return AttributedStyle.DEFAULT.foreground(colour);
    }

    @Test
    void partsHaveTheirColours() {
        AttributedString line = line("on /bin/a:f when rdi == 5 ret=-ENOMEM # why");
        assertEquals(AttributedStyle.DEFAULT.bold(), line.styleAt(0));
        assertEquals(colour(AttributedStyle.GREEN), line.styleAt(4));
        assertEquals(colour(AttributedStyle.CYAN), line.styleAt(13));
        assertEquals(colour(AttributedStyle.MAGENTA), line.styleAt(24));
        assertEquals(colour(AttributedStyle.MAGENTA).bold(), line.styleAt(32));
        assertEquals(colour(AttributedStyle.BRIGHT), line.styleAt(40));
    }

    @Test
    void whatIsWrongAlreadyIsUnderlined() {
        AttributedString wrong = line("on /bin/a:f limti 5 ");
        assertTrue(underlined(wrong, wrong.toString().indexOf("limti")));
        assertFalse(underlined(wrong, 0));
        AttributedString unknown = line("lits ");
        assertTrue(underlined(unknown, 0));
        assertFalse(underlined(line("list "), 0));
        assertFalse(underlined(line("lis"), 0), "it may become a word");
    }

    @Test
    void afunctionThatThereIsNotIsUnderlined() {
        session.symbols().all();
        AttributedString line = line("on no_such_function_anywhere log");
        assertEquals(session.symbols().all().size() > 0, underlined(line, 4));
    }

    @Test
    void offAndForPastedTextItIsPlain() {
        String pasted = "on f log # " + "x".repeat(5000);
        assertEquals(AttributedStyle.DEFAULT, line(pasted).styleAt(0));
        options.set(Options.HIGHLIGHT, "off");
        assertEquals(AttributedStyle.DEFAULT, line("on f log").styleAt(0));
    }
}
