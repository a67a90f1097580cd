// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void matchesAsAnExpressionDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            String glob = text(random, "ab?*", 8);
            String text = text(random, "ab", 12);
            Pattern same = Pattern.compile(glob.replace("*", ".*").replace("?", "."));
            assertEquals(same.matcher(text).matches(), new Glob(glob).matches(text), glob + " " + text);
        }
    }

    @Test
    void longPartsToo() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder(text(random, "ab", 400) + "b".repeat(200));
            int from = random.nextInt(text.length() - 150);
            StringBuilder part = new StringBuilder(text.substring(from, from + 65 + random.nextInt(80)));
            part.setCharAt(random.nextInt(part.length()), '?');
            assertTrue(new Glob("*" + part + "*").matches(text.toString()));
            part.setCharAt(random.nextInt(part.length()), 'c');
            assertFalse(new Glob("*" + part + "*").matches(text.toString()));
        }
    }

    private static String text(Random random, String letters, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(longest + 1); left > 0; left--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @Test
    void linesAndLettersBeyondAscii() {
        assertTrue(new Glob("a*d").matches("ab\ncd"));
        assertTrue(new Glob("?").matches("\u00e9"));
        assertTrue(new Glob("?").matches("\ud83d\ude00"));
        assertTrue(new Glob("?*\u4e2d").matches("\ud83d\ude00\u4e2d"));
        assertTrue(new Glob("??".getBytes(StandardCharsets.UTF_8)).matches("\u00e9".getBytes(StandardCharsets.UTF_8), 0, 2));
        assertFalse(new Glob(".").matches("a"));
    }

    @Test
    void itsBeginning() {
        assertEquals("vfs_", new Glob("vfs_*").prefix());
        assertEquals("vfs", new Glob("vfs?read*").prefix());
        assertEquals("", new Glob("*read").prefix());
        assertEquals("read", new Glob("read").prefix());
    }

    /** What goes back at a star takes longer than a machine lives. */
    @Test
    void noPatternTakesLong() {
        String text = "a".repeat(1 << 20);
        assertTimeoutPreemptively(Duration.ofMinutes(20), () -> {
            assertFalse(new Glob("*a*a*a*a*a*a*a*b").matches(text));
            assertFalse(new Glob("*" + "a".repeat(30_000) + "b*").matches(text));
            assertFalse(new Glob("*" + "?".repeat(30_000) + "b*").matches(text));
            assertTrue(new Glob("*a".repeat(30_000)).matches(text));
        });
    }
}
