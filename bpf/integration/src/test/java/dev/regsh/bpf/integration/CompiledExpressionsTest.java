// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import dev.regsh.bpf.check.ExpressionTyper;
import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.compile.TestProgram;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.Register;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.typed.ContextName;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.Returning;
import dev.regsh.grammar.clause.Assignment;
import dev.regsh.grammar.clause.SetClause;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.Capabilities;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random expressions on this machine's kernel against the evaluator: rules that set registers by stores to their context are
 * run as BPF_PROG_TYPE_SYSCALL programs, whose context is any memory. {@code -Dregsh.expressions=N}, {@code -Dregsh.seed=N}.
 */
@Tag("kernel")
class CompiledExpressionsTest {
    private static final int MEMORY = 256;
    private static final int STATES = 3;
    private static final Map<Architecture, List<String>> TARGETS = Map.of(
            Architecture.X86_64, List.of("r14", "r13", "r12", "rbp", "rbx", "r10", "r9", "r8"),
            Architecture.ARM64, List.of("x28", "x27", "x26", "x25", "x17", "x10", "x9", "x8"));
    private static final Probe PROBE = new Probe.UserSymbol("/bin/test", "f", 0, Span.NONE);

    private final Map<ContextName, Long> context = new EnumMap<>(ContextName.class);
    private final Memory memory = new Memory(MEMORY);
    private byte[] comm;

    private Architecture architecture = Architecture.X86_64;
    private RegisterTable table = architecture.registers();
    private List<String> targets = List.of();

    /** The same instructions run here whichever registers the words of the context are. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void programsAgreeWithTheEvaluator(Architecture of) throws Exception {
        architecture = of;
        table = of.registers();
        targets = TARGETS.get(of);
        assumeTrue(Capabilities.effective().has(Capabilities.SYS_ADMIN), "needs root");
        long seed = Long.getLong("regsh.seed", System.nanoTime());
        int wanted = Integer.getInteger("regsh.expressions", 10_000) / (of == Architecture.X86_64 ? 1 : 4);
        System.out.println(of + ": expressions " + wanted + ", each in " + STATES + " states, seed " + seed);
        Random random = new Random(seed);
        RandomExpressions expressions = new RandomExpressions(random, true, of);
        Scope scope = new Scope(table, "f", Optional::empty, Returning.NOT, AttachPoint.Entry.YES, true, Optional::empty);
        comm = Files.readString(Path.of("/proc/thread-self/comm")).strip().getBytes(StandardCharsets.UTF_8);
        askContext();
        for (int done = 0; done < wanted;) {
            List<Expression> batch = new ArrayList<>();
            List<Expr> typed = new ArrayList<>();
            while (batch.size() < targets.size()) {
                Expression expression = expressions.next(1 + random.nextInt(5));
                try {
                    typed.add(new ExpressionTyper(scope).number(expression));
                    batch.add(expression);
                } catch (DiagnosticException illTyped) {
                    // Another one.
                }
            }
            fillMemory(random);
            try (Loaded program = load(batch)) {
                for (int state = 0; state < STATES; state++) {
                    check(program, state, batch, typed, expressions, seed);
                }
            }
            done += batch.size();
        }
    }

    private Loaded load(List<Expression> values) {
        List<Assignment> assignments = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            assignments.add(new Assignment(targets.get(i), false, values.get(i), Span.NONE, Span.NONE));
        }
        Rule rule = new Rule(false, false, PROBE, List.of(new SetClause(assignments, Span.NONE)), Span.NONE);
        CompileContext machine = new CompileContext(architecture, Set.of(Engine.UPROBE_CTX), null, null, new TestProgram(),
                path -> Optional.empty(), ability -> ability == Ability.FETCHING_ATOMICS);
        return new Loaded(RuleCompiler.compile(rule, machine), BpfProgram.SYSCALL);
    }

    /** What only the kernel knows of this task, asked once. */
    private void askContext() {
        List<ContextName> names = List.of(ContextName.PID, ContextName.TID, ContextName.UID, ContextName.GID,
                ContextName.CGROUP);
        try (Loaded program = load(names.stream().map(name -> RandomExpressions.name(name.keyword())).toList())) {
            ByteBuffer registers = registers();
            program.run(registers.array());
            for (int i = 0; i < names.size(); i++) {
                context.put(names.get(i), registers.getLong(table.named(targets.get(i)).slot() * 8));
            }
        }
    }

    private void fillMemory(Random random) {
        byte[] bytes = new byte[MEMORY];
        random.nextBytes(bytes);
        for (int at = 0; at < MEMORY - 20; at += 20) {
            byte[] text = RandomExpressions.TEXTS.get(random.nextInt(RandomExpressions.TEXTS.size()))
                    .getBytes(StandardCharsets.UTF_8);
            System.arraycopy(text, 0, bytes, at, text.length);
            bytes[at + text.length] = 0;
        }
        memory.write(0, bytes, 0, MEMORY);
    }

    private ByteBuffer registers() {
        return ByteBuffer.allocate(table.words() * 8).order(ByteOrder.nativeOrder());
    }

    private void check(Loaded program, int state, List<Expression> batch, List<Expr> typed, RandomExpressions random,
            long seed) {
        ByteBuffer before = registers();
        for (int slot = 0; slot < table.words(); slot++) {
            before.putLong(slot * 8, random.word());
        }
        before.putLong(table.named(RandomExpressions.base(architecture)).slot() * 8, com.sun.jna.Pointer.nativeValue(memory));
        context.put(ContextName.HITS, program.counters().getLong(CounterLayout.HITS));
        ByteBuffer wanted = ByteBuffer.wrap(before.array().clone()).order(ByteOrder.nativeOrder());
        long errors = program.counters().getLong(CounterLayout.ERRORS);
        try {
            Evaluator evaluator = new Evaluator(new State(before));
            for (int i = 0; i < typed.size(); i++) {
                wanted.putLong(table.named(targets.get(i)).slot() * 8, evaluator.value(typed.get(i)));
            }
        } catch (HitState.Fault fault) {
            // Nothing is applied, and it counts.
            wanted = before;
            errors++;
        }
        byte[] seen = before.array().clone();
        program.run(seen);
        for (int i = 0; i < typed.size(); i++) {
            Register target = table.named(targets.get(i));
            long got = ByteBuffer.wrap(seen).order(ByteOrder.nativeOrder()).getLong(target.slot() * 8);
            int number = i;
            assertEquals(wanted.getLong(target.slot() * 8), got, () -> "seed " + seed + ", state " + state + ": "
                    + typed.get(number) + " from " + batch.get(number));
        }
        assertEquals(errors, program.counters().getLong(CounterLayout.ERRORS), "seed " + seed);
    }

    private final class State implements HitState {
        private final ByteBuffer registers;

        State(ByteBuffer registers) {
            this.registers = registers;
        }

        @Override
        public long word(int slot) {
            return registers.getLong(slot * 8);
        }

        @Override
        public long context(ContextName name) {
            return context.get(name);
        }

        @Override
        public byte[] comm() {
            return comm;
        }

        @Override
        public long entryValue(int slot) {
            throw new IllegalStateException("no return");
        }

        @Override
        public byte read(boolean user, long address) {
            long offset = address - com.sun.jna.Pointer.nativeValue(memory);
            if (offset < 0 || offset >= MEMORY) {
                throw new Fault();
            }
            return memory.getByte(offset);
        }
    }
}
