// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.grammar.assist.Expectation;
import dev.regsh.grammar.assist.Highlighter;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Statement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, the answer is statements or one located error, soon, on a small stack. */
class FuzzTest {
    private static final Map<String, String> VARIABLES = Map.of("1", "42", "name", "open_ctree");
    /** Only a guard against hanging: seconds are a thousand times what any of these takes. */
    private static final Duration HANGS = Duration.ofMinutes(20);
    private static final long SMALL_STACK = 512 * 1024;
    private static final String[] BITS = {"on", " ", "after ", "dry ", "set ", "ret", "=", "rdi", "-", "ENOMEM", "0x1f", "(", ")",
        "[", "]", "\"", "u32", "user ", "->", ".", "limit ", "10%", "5s", "log ", "goto f", "caller ", ";", "\n", "\r", "\\", "#",
        "!", "${1}", "$x", "\u00e9", "\ud83d\ude00", "\ud83d", "\u0000", "~", "&&", "?", ":", "/a/b:c", "+1", "expect ", "let a=",
        "*", "hits ", "cgroup /", "comm ", "write ", "when ", "chance ", "\\x41", "${", "}", "@0x1", "\u2028", "\ufeff"};

    private static final long SEED = Long.getLong("regsh.seed", System.nanoTime());
    private final Random random = new Random(SEED);

    @BeforeAll
    static void printSeed() {
        System.out.println("FuzzTest: -Dregsh.seed=" + SEED);
    }

    @Test
    void randomTokens() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "on f " : "");
            for (int n = random.nextInt(16); n >= 0; n--) {
                text.append(BITS[random.nextInt(BITS.length)]);
            }
            texts.add(text.toString());
        }
        check(texts);
    }

    @Test
    void mutatedScripts() {
        RandomStatements statements = new RandomStatements(random);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(3); n >= 0; n--) {
                text.append(statements.next().written()).append(random.nextBoolean() ? "\n" : "; ");
            }
            for (int n = random.nextInt(4); n >= 0; n--) {
                mutate(text);
            }
            texts.add(text.toString());
        }
        check(texts);
    }

    private void mutate(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(8));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, BITS[random.nextInt(BITS.length)]);
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.replace(at, end, String.valueOf((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000)));
            default -> text.setLength(at);
        }
    }

    @Test
    void randomBytes() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            texts.add((random.nextBoolean() ? "on " : "") + new String(bytes, StandardCharsets.UTF_8));
            texts.add((random.nextBoolean() ? "on f set " : "") + new String(bytes, StandardCharsets.ISO_8859_1));
        }
        check(texts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "!", "~", "(u8)", "a?", "a?b:", "u32[", "user str(", "a[", "a->", "->a", ".a", "[a]", "a+",
        "+a",
        "a==", "&&a", "(-", "-(", "(u8)-", "a?(", "a[-", "1?-(", "a,", ",a", "a ", "log ", "ret=", "set a=", "when ", "\"", "a:",
        "*"})
    void repeated(String part) {
        List<String> texts = new ArrayList<>();
        for (int times : new int[] {60, 70, 240, 260, 40_000 / part.length()}) {
            String many = part.repeat(times);
            for (String start : List.of("on f ret=", "on f log ", "on f set a=", "expect ", "on f when 1", "on f write a", "on ",
                    "")) {
                texts.add(start + many);
                if (times < 1_000) {
                    texts.add(start + many + "1" + ")".repeat(times));
                    texts.add(start + many + "1" + "]".repeat(times));
                }
            }
        }
        check(texts);
    }

    @Test
    void longTexts() {
        List<String> texts = new ArrayList<>();
        for (String part : List.of("9", "a", "\u00e9", "\ud83d\ude00", " ", "\\\n", "x\\\n", "\r", "# ", "\"a\" ", "1_", "0x")) {
            for (String start : List.of("on f ret=", "on ", "# ", "list ", "! ", "expect \"", "${", "let a = ")) {
                texts.add(start + part.repeat(30_000));
                texts.add(start + part.repeat(100_000));
            }
        }
        texts.add("on f ret=1\n".repeat(20_000));
        texts.add(";".repeat(1_000_000));
        texts.add("on f ret=" + "a-b ".repeat(10_000));
        check(texts);
    }

    @Test
    void refusesWhatIsNoText() {
        for (String text : List.of("on f ret=\0", "on f comm \"\0\"", "! echo \0", "on f set rdi=\u0001", "on \u00e9 ret=1",
                "list \"open", "on f ret=1\r ret=2",
                "on f comm \"a\rb\"", "on f ret=\ud83d")) {
            assertTrue(outcome(text) instanceof Diagnostic, text);
        }
    }

    /** Each text gives statements that can be printed and read again, or one error that lies inside the text. */
    private void check(List<String> texts) {
        assertTimeoutPreemptively(HANGS, () -> onSmallStack(() -> {
            for (String text : texts) {
                try {
                    outcome(text);
                } catch (RuntimeException | StackOverflowError | AssertionError broken) {
                    throw new AssertionError("seed " + SEED + ": " + text.substring(0, Math.min(text.length(), 300)), broken);
                }
            }
            return null;
        }));
    }

    private Object outcome(String text) {
        int cursor = random.nextInt(Math.min(text.length(), 70_000) + 1);
        Expectation.at(text, cursor);
        Highlighter.of(text);
        try {
            List<Statement> statements = Parser.parse(new Source("fuzz", text), VARIABLES);
            for (Statement statement : statements) {
                String formatted = statement.written();
                if (formatted.endsWith("\\")) {
                    continue; // a command ended by ; where a line's end would go on
                }
                assertEquals(List.of(statement), Parser.parse(new Source("formatted", formatted), VARIABLES), formatted);
            }
            return statements;
        } catch (DiagnosticException refused) {
            assertEquals(1, refused.diagnostics().size());
            Diagnostic diagnostic = refused.diagnostics().get(0);
            assertTrue(diagnostic.span().offset() + diagnostic.span().length() <= text.length());
            assertFalse(diagnostic.message().isBlank());
            assertTrue(diagnostic.message().length() < 300, diagnostic.message());
            return diagnostic;
        }
    }

    private static <T> T onSmallStack(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "small stack", SMALL_STACK);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }
}
