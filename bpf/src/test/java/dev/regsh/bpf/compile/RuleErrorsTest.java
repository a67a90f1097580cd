// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.bpf.engine.NoEngineException;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each mistake in a rule, and what the user is told: rule-errors.txt. */
class RuleErrorsTest {
    private static final TestKernel KERNEL = new TestKernel().with("__x64_sys_openat", "__arm64_sys_openat",
            "__kmalloc_noprof", "kmem_cache_alloc_noprof");
    private static final String ARM64 = "[arm64] ";

    /** Blocks of lines: the rule, perhaps behind "[engine ...] " or "[arm64] ", then COLUMN: MESSAGE, then the hint, if there is one. Where no
     * engine can do it there is no column, and the engines that could. */
    @TestFactory
    Stream<DynamicTest> table() throws IOException {
        String text;
        try (InputStream in = RuleErrorsTest.class.getResourceAsStream("rule-errors.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> blocks = Arrays.stream(text.split("\n\n")).map(String::strip).filter(b -> !b.startsWith("#")).toList();
        return blocks.stream().map(block -> {
            int first = block.indexOf('\n');
            String rule = block.substring(0, first);
            return DynamicTest.dynamicTest(rule, () -> assertEquals(block, rule + "\n" + error(rule)));
        });
    }

    private static String error(String line) {
        String rule = line;
        Engine[] engines = {Engine.KFUNC};
        Architecture architecture = line.startsWith(ARM64) ? Architecture.ARM64 : Architecture.X86_64;
        if (line.startsWith(ARM64)) {
            rule = line.substring(ARM64.length());
        } else if (line.startsWith("[")) {
            int end = line.indexOf("] ");
            engines = Arrays.stream(line.substring(1, end).split(" ")).filter(word -> !word.isEmpty())
                    .map(word -> Engine.valueOf(word.toUpperCase(java.util.Locale.ROOT))).toArray(Engine[]::new);
            rule = line.substring(end + 2);
        }
        try {
            RuleCompiler.compile(TestKernel.rule(rule), KERNEL.context(architecture, engines));
            return "compiled";
        } catch (NoEngineException none) {
            return none.getMessage() + "\n" + none.could().stream().map(Engine::label).collect(Collectors.joining(", ")) + " could";
        } catch (DiagnosticException wrong) {
            Diagnostic found = wrong.diagnostics().get(0);
            return found.span().column() + ": " + found.message() + (found.hint().isEmpty() ? "" : "\n" + found.hint());
        }
    }

    /** Prints the blocks of the rules given on standard input, to be read over and kept. */
    public static void main(String[] arguments) throws IOException {
        String rules = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        rules.lines().forEach(rule -> System.out.println(rule + "\n" + error(rule) + "\n"));
    }
}
