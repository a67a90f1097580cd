// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.token.Slot;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {
    private static Expectation at(String text) {
        return Expectation.at(text, text.length());
    }

    /** The cursor is at the end; the second column is the word under it, the third the slots, then clause and target. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", value = {
        "`` | `` | STATEMENT | `` | ``",
        "o | o | STATEMENT | `` | ``",
        "list; on | on | STATEMENT | `` | ``",
        "`on ` | `` | PROBE | `` | ``",
        "on vfs_re | vfs_re | PROBE | `` | ``",
        "dry after a:b | a:b | PROBE | `` | ``",
        "on /usr/lib/x.so:mal | /usr/lib/x.so:mal | PROBE | `` | ``",
        "`on ~/a b:mal` | /a b:mal | PROBE | `` | ``",
        "`on f ` | `` | CLAUSE | `` | ``",
        "on f li | li | CLAUSE | `` | ``",
        "`on f set ` | `` | TARGET | set | ``",
        "on f set rd | rd | TARGET | set | ``",
        "on f set $co | $co | TARGET | set | ``",
        "on f set $ | $ | TARGET | set | ``",
        "on f set rdi= | `` | VALUE | set | rdi",
        "on f set rdi=1 rsi=si | si | VALUE | set | rsi",
        "`on f set rdi=a ` | `` | TARGET OPERATOR CLAUSE | set | rdi",
        "on f set rdi=1, | `` | TARGET | set | ``",
        "on f ret= | `` | VALUE | ret | ret",
        "on f ret=- | `` | VALUE ERRNO | ret | ret",
        "on f ret=-ENO | ENO | VALUE ERRNO | ret | ret",
        "on f ret=a - | `` | VALUE | ret | ret",
        "on f when a && ret < -E | E | VALUE ERRNO | when | ``",
        "on f when sb-> | `` | FIELD | when | ``",
        "on f when x + sb->s_root.d_na | d_na | FIELD | when | ``",
        "on f limit | limit | CLAUSE | `` | ``",
        "`on f limit ` | `` | NUMBER | limit | ``",
        "on f pid 12 | 12 | NUMBER | pid | ``",
        "on f pid 12, | `` | NUMBER | pid | ``",
        "`on f comm ` | `` | COMM | comm | ``",
        "on f comm ~ca | ca | COMM | comm | ``",
        "`on f for ` | `` | DURATION | for | ``",
        "`on f goto ` | `` | FUNCTION | goto | ``",
        "on f goto vfs_w | vfs_w | FUNCTION | goto | ``",
        "`on f caller ` | `` | FUNCTION | caller | ``",
        "`on f cgroup ` | `` | CGROUP | cgroup | ``",
        "on f cgroup /sys | /sys | CGROUP | cgroup | ``",
        "`on f set a=caller ` | `` | TARGET OPERATOR CLAUSE | set | a",
        "`on f signal ` | `` | SIGNAL | signal | ``",
        "`on f as ` | `` | NEW_NAME | as | ``",
        "`on f log ` | `` | VALUE CLAUSE | log | ``",
        "`on f write user ` | `` | OPERATOR | write | ``",
        "`on f write ` | `` | VALUE | write | ``",
        "on f ret=${na | na | VARIABLE | `` | ``",
        "`on f ret=0 # set ` | `` | `` | `` | ``",
        "! ls | `` | `` | `` | ``",
        "`detach ` | `` | COMMAND | `` | ``",
        "info vfs_r | vfs_r | COMMAND | `` | ``",
        "save ~my fi | my fi | COMMAND | `` | ``",
        "`replay ~a b~ ~my ` | `my ` | COMMAND | `` | ``",
        "plan o | o | `` | `` | ``",
        "`plan on f limit ` | `` | NUMBER | limit | ``",
        "`wait ` | `` | DURATION RULE | `` | ``",
        "`expect hits ` | `` | RULE OPERATOR | `` | ``",
        "`sleep ` | `` | DURATION | `` | ``",
        "`onerror ` | `` | `` | `` | ``",
        "`let ` | `` | NEW_NAME | `` | ``",
        "`expect ` | `` | VALUE | `` | ``",
    })
    void saysWhatMayStandAtTheCursor(String text, String prefix, String slots, String clause, String target) {
        Expectation found = at(text.replace('~', '"'));
        assertEquals(slots, found.slots().stream().map(Slot::name).collect(Collectors.joining(" ")));
        assertEquals(prefix, found.prefix());
        assertEquals(text.length() - prefix.length(), found.start());
        assertEquals(clause, found.clause());
        assertEquals(target, found.target());
    }

    @Test
    void offersClausesNotSaidYet() {
        assertTrue(at("on f ").keywords().containsAll(List.of("set", "ret=", "goto", "limit", "force")));
        Expectation later = at("on f limit 3 ret=1 set limit=1 ");
        assertFalse(later.keywords().contains("limit"));
        assertFalse(later.keywords().contains("ret="));
        assertFalse(later.keywords().contains("goto"));
        assertTrue(later.keywords().containsAll(List.of("set", "when", "write")));
        assertFalse(at("on f set a=1 ret=2 ").keywords().contains("ret="));
        assertEquals(List.of("stop", "continue"), List.copyOf(at("onerror ").keywords()));
        assertEquals(List.of("on", "after"), List.copyOf(at("dry ").keywords()));
        assertTrue(at("on f write user ").keywords().containsAll(List.of("u8[", "s64[", "str(")));
        assertEquals(List.of("fired"), List.copyOf(at("wait mine ").keywords()));
    }

    @Test
    void knowsTheProbe() {
        Expectation found = at("list; dry after btrfs:open_ctree set ");
        Probe.KernelFunction probe = (Probe.KernelFunction) found.probe().orElseThrow();
        assertEquals("open_ctree", probe.function());
        assertTrue(found.after());
        assertTrue(at("on vfs_re").probe().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "on f when sb-> | sb",
        "on f when 1 + sb->s_root. | sb->s_root",
        "on f when a[1][b]. | a[1][b]",
        "on f when (a + b)-> | (a+b)",
        "on f log user u64[rdi]-> | user u64[rdi]",
        "on f log x, $sb-> | $sb",
    })
    void knowsWhoseFieldIsAskedFor(String text, String base) {
        Expression expected = at("on f when " + base + "->").base().orElseThrow();
        assertEquals(expected, at(text).base().orElseThrow());
    }

    @Test
    void answersForAnyTextAndCursor() {
        Random random = new Random(1);
        String[] bits = {"on ", "f ", "set ", "a", "=", "-", "->", "\"", "(", "]", "goto ", "caller", "${", "$", "#", ";", "\n",
            "\\", "log ", "u32[", "limit ", "\ud83d\ude00", "\u0000", "expect ", "hits "};
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(bits[random.nextInt(bits.length)]);
            }
            for (int cursor = 0; cursor <= text.length(); cursor++) {
                Expectation.at(text.toString(), cursor);
            }
            Highlighter.of(text.toString());
        }
    }
}
