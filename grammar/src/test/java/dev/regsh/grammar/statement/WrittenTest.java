// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.RandomStatements;
import dev.regsh.grammar.source.Source;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTest {
    private static List<Statement> parse(String text) {
        return Parser.parse(new Source("formatted", text), Map.of("x", "value of x"));
    }

    @Test
    void parsingWhatWasFormattedGivesTheSameTree() {
        long seed = Long.getLong("regsh.seed", System.nanoTime());
        System.out.println("WrittenTest: -Dregsh.seed=" + seed);
        RandomStatements statements = new RandomStatements(new Random(seed));
        for (int i = 0; i < Integer.getInteger("regsh.rounds", 20_000); i++) {
            Statement statement = statements.next();
            String text = statement.written();
            try {
                if (!List.of(statement).equals(parse(text))) {
                    fail("seed " + seed + ": " + text + "\n reads as " + parse(text).get(0).written());
                }
            } catch (RuntimeException refused) {
                throw new AssertionError("seed " + seed + ": " + text, refused);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "on f  set a = 1, b=0x10  ret=-12 | on f set a=1 b=16 ret=-12",
        "on btrfs:f+16 set ret=-ENOMEM | on btrfs:f+0x10 ret=-ENOMEM",
        "on f when ((a+b)*2 == (c)) limit 4K | on f when (a + b) * 2 == c limit 4096",
        "on f when a-(b-c) && (a-b)-c | on f when a - (b - c) && a - b - c",
        "on f log limit limit 3 | on f log (limit) limit 3",
        "on f log | on f log",
        "on f chance 12.50% for 90s | on f chance 12.5% for 90s",
        "on f for 120s | on f for 2m",
        "on ~/a b~:c | on ~/a b~:c",
        "on ~libc.so.6~:f | on libc.so.6:f",
        "on f when (s32)(rdi) < -(1) | on f when (s32)rdi < -1",
        "on f ret=0xffffffff81000000 | on f ret=0xffffffff81000000",
        "on f when comm == ~${x}~ | on f when comm == ~value of x~",
        "on f when comm == ~\\${x}~ | on f when comm == ~\\${x}~",
        "on f write user u32[ rsi+8 ]=5 | on f write user u32[rsi + 8] = 5",
        "expect abcde / 2 | expect abcde / 2",
        "on f log (cgroup) / 2 | on f log (cgroup) / 2",
        "wait mine fired 3 | wait mine fired 3",
        "wait 1000ms | sleep 1s",
        "find  'a'  b | find  'a'  b",
    })
    void isCanonical(String text, String formatted) {
        Statement statement = parse(text.replace('~', '"')).get(0);
        assertEquals(formatted.replace('~', '"'), statement.written());
    }
}
