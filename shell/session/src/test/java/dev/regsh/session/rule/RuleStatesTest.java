// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.attach.Attachment;
import dev.regsh.session.attach.JumpTarget;
import dev.regsh.session.counter.CounterBlock;
import dev.regsh.session.module.RuleModules;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a live rule says of itself, and which rules with {@code goto} may live beside each other; nothing is attached. */
class RuleStatesTest {
    /** Every name of one letter is a function of the kernel. */
    private static final SymbolSource LETTERS = new SymbolSource() {
        @Override
        public List<KernelSymbol> named(String name) {
            return name.length() == 1 ? List.of(new KernelSymbol(name, "", 0x1000L * name.charAt(0))) : List.of();
        }

        @Override
        public List<KernelSymbol> matching(String glob) {
            return List.of();
        }

        @Override
        public List<String> nearest(String name, int most) {
            return List.of();
        }

        @Override
        public String unprobeable(KernelSymbol symbol) {
            return "";
        }

        @Override
        public long size(KernelSymbol symbol) {
            return 0x1000;
        }
    };

    private static Rule rule(String text) {
        return (Rule) Parser.parse(new Source("test", text), Map.of()).get(0);
    }

    private static CompiledRule compile(String text) {
        return RuleCompiler.compile(rule(text), CompileContext.of(Architecture.X86_64, Set.of(Engine.KFUNC), LETTERS,
                (function, module) -> Optional.empty()));
    }

    private static ByteBuffer block() {
        return ByteBuffer.allocate(CounterLayout.SIZE).order(ByteOrder.nativeOrder());
    }

    private static LiveRule live(int id, String text, ByteBuffer counters) {
        Rule rule = rule(text);
        CompiledRule compiled = RuleCompiler.compile(forced(rule, text),
                CompileContext.of(Architecture.X86_64, Set.of(Engine.KFUNC),
                        LETTERS, (function, module) -> Optional.empty()));
        Attachment attachment = new Attachment(compiled.name().orElse(Integer.toString(id)), compiled, List.of(), List.of(),
                List.of(),
                List.of(), JumpTarget.of(forced(rule, text), compiled, LETTERS, List.of()));
        return new LiveRule(id, rule, attachment, new CounterBlock(0, counters), new RuleModules(Path.of("/"), List.of()));
    }

    /** Without types a goto needs it. */
    private static Rule forced(Rule rule, String text) {
        return text.contains("goto") && !text.contains("force") ? rule(text + " force") : rule;
    }

    @Test
    void countersAreItsBlocks() {
        ByteBuffer counters = block();
        LiveRule rule = live(7, "on a when rdi == 1 set rdi=2 limit 5", counters);
        assertEquals("7", rule.name());
        assertFalse(rule.armed());
        rule.arm(true);
        assertEquals(1, counters.getLong(CounterLayout.ARMED));
        counters.putLong(CounterLayout.HITS, 9);
        counters.putLong(CounterLayout.FIRED, 5);
        counters.putLong(CounterLayout.ERRORS, 1);
        counters.putLong(CounterLayout.DROPPED, 3);
        assertEquals(9, rule.hits());
        assertEquals(5, rule.fired());
        assertEquals(1, rule.errors());
        assertEquals(3, rule.dropped());
        assertFalse(rule.over(), "without a duration only detaching ends it");
        rule.close();
        assertTrue(rule.over());
        counters.putLong(CounterLayout.HITS, 0);
        assertEquals(9, rule.hits(), "another rule may have the block now");
    }

    @Test
    void firedOfARuleThatAlwaysFiresIsReckoned() {
        ByteBuffer counters = block();
        LiveRule rule = live(1, "on a set rdi=2", counters);
        counters.putLong(CounterLayout.HITS, 9);
        counters.putLong(CounterLayout.ERRORS, 2);
        assertEquals(7, rule.fired());
    }

    private static List<Attachment> attachments(Collection<LiveRule> rules) {
        return rules.stream().map(LiveRule::attachment).toList();
    }

    private static void refused(String text, Collection<LiveRule> beside, String because) {
        CompiledRule compiled = compile(text + " force");
        DiagnosticException wrong = assertThrows(DiagnosticException.class,
                () -> JumpTarget.of(rule(text), compiled, LETTERS, attachments(beside)));
        assertTrue(wrong.diagnostics().get(0).message().contains(because), wrong.diagnostics().get(0).message());
    }

    @Test
    void noGotoInACircle() {
        LiveRule first = live(1, "on b goto c as first", block());
        LiveRule second = live(2, "on c goto a as second", block());
        LiveRule dry = live(3, "dry on d goto a", block());
        refused("on c goto b", List.of(first), "rule 'first' sends those of b back to c");
        refused("on a goto b", List.of(first, second), "rule 'second' sends those of c back to a");
        assertEquals("b",
                JumpTarget.of(rule("on a goto b"), compile("on a goto b force"), LETTERS, attachments(List.of(first))).orElseThrow()
                        .to()
                        .name());
        assertTrue(
                JumpTarget.of(rule("on a goto d"), compile("on a goto d force"), LETTERS, attachments(List.of(dry))).isPresent());
        assertTrue(JumpTarget.of(rule("on c goto b force"), compile("on c goto b force"), LETTERS, attachments(List.of(first)))
                .isPresent());
        assertTrue(
                JumpTarget.of(rule("on a set rdi=1"), compile("on a set rdi=1"), LETTERS, attachments(List.of(first))).isEmpty());
    }
}
