// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.compile.TestProgram;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.LogClause;
import dev.regsh.grammar.clause.WhenClause;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.Capabilities;
import dev.regsh.session.machine.KernelSymbols;
import dev.regsh.session.machine.KernelTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every rule that compiles is taken by the verifier of this machine's kernel. {@code -Dregsh.rules=N}, {@code
 * -Dregsh.seed=N}.
 */
@Tag("kernel")
class RandomRulesTest {
    private static final List<String> PROBES = List.of("on vfs_read", "dry on vfs_read", "on vfs_read+12", "after vfs_read",
            "dry after vfs_read", "on /bin/test:f", "after /bin/test:f", "on vfs_re*", "after vfs_re*", "after /bin/test:?");
    private static final List<String> CLAUSES = List.of("pid 7", "pid 1, 2, 4294967295", "tid 9", "uid 0", "comm \"java\"",
            "cgroup /box", "caller vfs_write", "caller g", "skip 5", "every 3", "limit 4", "chance 0.5%", "chance 0%",
            "for 5s", "force",
            "goto vfs_write", "goto g", "signal KILL", "log", "log arg0, arg1", "log comm, str(rsi), rax", "log user str(rsi)",
            "ret=-ENOMEM", "ret=rdi",
            "set rdi=1 al=2 ah=r15", "set r12d=rsp, r13w=r14", "set count=count/2", "set rax=7", "write u32[rdi+8]=5",
            "write user u8[rsi]=count", "write file->f_mode=1", "write user s16[rdi+1]=-4",
            "when file->f_path.dentry->d_name.len > 4",
            "when str(file->f_path.dentry->d_name.name) ~ \"*pass?d\"", "when comm ~ \"re*s\"", "when count > 4096 && *pos == 0",
            "when arg2 == 5", "when ret > 0 && count > 10", "when ret < 0", "when file->f_path.dentry->d_sb->s_id[3] == 7",
            "when cpu == 0 && time > 5 && hits < 10 && gid == 0", "when user u64[rsp] == 5",
            "when user str(rdi) ~ \"*a*\"", "when user str(0x7000) == \"cat\"", "log user str(rsi), user str(rdi + 8)");

    private final KernelSymbols symbols = new KernelSymbols();
    private final KernelTypes types = new KernelTypes();

    @BeforeEach
    void privileged() {
        assumeTrue(Capabilities.effective().has(Capabilities.SYS_ADMIN) && Files.exists(Path.of("/sys/kernel/btf/vmlinux")),
                "needs root and a kernel with BTF");
    }

    private CompileContext context(boolean atomicFetch, boolean waits) {
        Optional<String> folder = cgroup2();
        CgroupSource cgroups = path -> Optional.of(new CgroupSource.Cgroup(1L << 33, 1, folder.orElse("")));
        return new CompileContext(Architecture.X86_64, Set.of(Engine.HELPER), symbols, types, new TestProgram(), cgroups,
                ability -> switch (ability) {
                    case FETCHING_ATOMICS, ATTACH_COOKIES -> atomicFetch;
                    case ANCESTOR_CGROUPS -> atomicFetch || waits || folder.isEmpty();
                    case HELPER_WRITES_MEMORY, KFUNC_WRITES_MEMORY -> true;
                    case USER_READS_WAIT -> waits;
                });
    }

    private static Optional<String> cgroup2() {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.map(line -> line.split(" ")).filter(fields -> fields[2].equals("cgroup2")).map(fields -> fields[1])
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Test
    void theVerifierTakesThem() {
        long seed = Long.getLong("regsh.seed", System.nanoTime());
        int wanted = Integer.getInteger("regsh.rules", 500);
        System.out.println("rules " + wanted + ", seed " + seed);
        Random random = new Random(seed);
        for (int done = 0; done < wanted;) {
            String text = text(random);
            Rule rule;
            CompiledRule compiled;
            try {
                rule = withExpressions((Rule) Parser.parse(new Source("test", text), Map.of()).get(0), random);
                compiled = RuleCompiler.compile(rule, context(random.nextBoolean(), random.nextBoolean()));
            } catch (DiagnosticException senseless) {
                continue;
            }
            try (Loaded loaded = new Loaded(compiled, BpfProgram.KPROBE)) {
                assertEquals(0, loaded.counters().getLong(CounterLayout.HITS));
                done++;
            } catch (KernelException refused) {
                fail("seed " + seed + ": " + text + "\n" + compiled.functions().get(0).typed() + "\n"
                        + refused.log().substring(Math.max(0, refused.log().length() - 3000)));
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder(PROBES.get(random.nextInt(PROBES.size())));
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(' ').append(CLAUSES.get(random.nextInt(CLAUSES.size())));
        }
        return text.toString();
    }

    private static Rule withExpressions(Rule rule, Random random) {
        RandomExpressions expressions = new RandomExpressions(random, random.nextBoolean(), Architecture.X86_64);
        List<Clause> clauses = new ArrayList<>(rule.clauses());
        if (random.nextInt(3) == 0) {
            clauses.add(new WhenClause(expressions.next(3), Span.NONE));
        }
        if (random.nextInt(4) == 0) {
            List<Expression> values = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                values.add(expressions.next(3));
            }
            clauses.add(new LogClause(values, Span.NONE));
        }
        return new Rule(rule.dry(), rule.after(), rule.probe(), clauses, rule.span());
    }

    /** Kernels before 5.12 count with queues; this one can run that program, too. */
    @Test
    void tokensCountExactly() {
        for (boolean fetch : new boolean[] {true, false}) {
            Rule rule = (Rule) Parser.parse(new Source("test", "on /bin/test:f skip 5 every 3 limit 4 set rbx=1"),
                    Map.of()).get(0);
            CompileContext writes = new CompileContext(Architecture.X86_64, Set.of(Engine.UPROBE_CTX), symbols, types,
                    new TestProgram(), CgroupSource.NONE, ability -> fetch && ability == Ability.FETCHING_ATOMICS);
            StringBuilder fired = new StringBuilder();
            try (Loaded loaded = new Loaded(RuleCompiler.compile(rule, writes), BpfProgram.SYSCALL)) {
                for (int hit = 0; hit < 30; hit++) {
                    byte[] registers = new byte[Architecture.X86_64.registers().words() * 8];
                    loaded.run(registers);
                    fired.append(registers[5 * 8]);
                }
                assertEquals(30, loaded.counters().getLong(CounterLayout.HITS));
                assertEquals(4, loaded.counters().getLong(CounterLayout.FIRED));
            }
            assertEquals("000001001001001000000000000000", fired.toString(), "fetch " + fetch);
        }
    }

    /** A number that fits no 32 bits, and one of which no kernel keeps so many tokens. */
    @Test
    void tokensCountWhatNoQueueHolds() {
        for (boolean fetch : new boolean[] {true, false}) {
            assertEquals(0, fired("on /bin/test:f skip 5000000000 set rbx=1", fetch, 10_000));
            assertEquals(3, fired("on /bin/test:f skip 9997 set rbx=1", fetch, 10_000), "fetch " + fetch);
            assertEquals(1, fired("on /bin/test:f every 9998 skip 2 set rbx=1", fetch, 10_000), "fetch " + fetch);
            assertEquals(1, fired("on /bin/test:f every 3000000000 skip 3 set rbx=1", fetch, 10_000), "fetch " + fetch);
            assertEquals(9_000, fired("on /bin/test:f limit 9000 set rbx=1", fetch, 10_000), "fetch " + fetch);
            assertEquals(10_000, fired("on /bin/test:f limit 100000000000 set rbx=1", fetch, 10_000), "fetch " + fetch);
        }
    }

    /** How many of so many hits fire. */
    private long fired(String text, boolean fetch, int hits) {
        try (Loaded loaded = new Loaded(userRule(text, fetch, false), BpfProgram.SYSCALL)) {
            for (int hit = 0; hit < hits; hit++) {
                run(loaded, 0);
            }
            return loaded.counters().getLong(CounterLayout.FIRED);
        }
    }

    /** Of a limit that has more numbers than tokens. */
    @Test
    void whatIsGivenBackOfALargeLimitIsNoNumber() {
        for (boolean fetch : new boolean[] {true, false}) {
            try (Loaded loaded = new Loaded(userRule("on /bin/test:f limit 5000 set rbx=user u8[rdi]", fetch, false),
                    BpfProgram.SYSCALL); Memory there = new Memory(8)) {
                for (int hit = 0; hit < 3_000; hit++) {
                    run(loaded, 0x10000);
                }
                for (int hit = 0; hit < 10_000; hit++) {
                    run(loaded, Pointer.nativeValue(there));
                }
                assertEquals(5_000, loaded.counters().getLong(CounterLayout.FIRED), "fetch " + fetch);
                assertEquals(3_000, loaded.counters().getLong(CounterLayout.ERRORS), "fetch " + fetch);
            }
        }
    }

    /** What an action took of the limit and could not use is there for the next hit. */
    @Test
    void anActionThatFailsUsesUpNoLimit() {
        for (boolean fetch : new boolean[] {true, false}) {
            CompiledRule compiled = userRule("on /bin/test:f limit 2 set rbx=user u8[rdi]", fetch, false);
            try (Loaded loaded = new Loaded(compiled, BpfProgram.SYSCALL); Memory there = new Memory(8)) {
                there.setByte(0, (byte) 7);
                StringBuilder results = new StringBuilder();
                for (long address : new long[] {0, 0, 0, 1, 0, 1, 1, 0, 1}) {
                    results.append(run(loaded, address == 0 ? 0x10000 : Pointer.nativeValue(there)));
                }
                assertEquals("000707000", results.toString(), "fetch " + fetch);
                assertEquals(2, loaded.counters().getLong(CounterLayout.FIRED));
                assertEquals(4, loaded.counters().getLong(CounterLayout.ERRORS));
                assertUnreadable(new Failing(Failing.Kind.USER_READ_NO_WAIT, "user u8[rdi]"), 0x10000, compiled, loaded);
            }
        }
    }

    /** A page that no program has touched yet is read by one that may sleep, and by no other. */
    @Test
    void sleepingProgramsWaitForAPage(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("text"),
                (" ".repeat(4090) + "a name in two pages").getBytes(StandardCharsets.US_ASCII));
        for (boolean waits : new boolean[] {false, true}) {
            CompiledRule compiled = userRule("on /bin/test:f when str(rdi) == \"a name in two pages\" set rbx=u8[rdi]", true,
                    waits);
            try (Loaded loaded = new Loaded(compiled, BpfProgram.SYSCALL); FileChannel channel = FileChannel.open(file)) {
                MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
                long address = Pointer.nativeValue(Native.getDirectBufferPointer(mapped)) + 4090;
                assertEquals(waits ? 'a' : 0, run(loaded, address));
                assertEquals(waits ? 0 : 1, loaded.counters().getLong(CounterLayout.ERRORS));
                assertEquals('a', mapped.get(4090));
                assertEquals('a', run(loaded, address), "now it is there");
                run(loaded, 0);
                assertUnreadable(new Failing(waits ? Failing.Kind.USER_READ_WAITS : Failing.Kind.USER_READ_NO_WAIT, "str(rdi)"),
                        0, compiled, loaded);
            }
        }
    }

    private CompiledRule userRule(String text, boolean fetch, boolean waits) {
        return RuleCompiler.compile((Rule) Parser.parse(new Source("test", text), Map.of()).get(0), new CompileContext(
                Architecture.X86_64, Set.of(Engine.UPROBE_CTX), symbols, types, new TestProgram(), CgroupSource.NONE,
                ability -> ability == Ability.FETCHING_ATOMICS ? fetch : ability == Ability.USER_READS_WAIT && waits));
    }

    /** What rbx is after a hit with that rdi. */
    private static int run(Loaded loaded, long rdi) {
        byte[] registers = new byte[Architecture.X86_64.registers().words() * 8];
        ByteBuffer.wrap(registers).order(ByteOrder.nativeOrder()).putLong(14 * 8, rdi);
        loaded.run(registers);
        return registers[5 * 8];
    }

    /** What failed last, with EFAULT. */
    private static void assertUnreadable(Failing failing, long address, CompiledRule compiled, Loaded loaded) {
        long last = loaded.counters().getLong(CounterLayout.LAST_ERROR);
        assertEquals(failing, compiled.failing().get(Failing.number(last)));
        assertEquals(Errno.number("EFAULT").orElseThrow(), -(int) last);
        assertEquals(address, loaded.counters().getLong(CounterLayout.ERROR_ADDRESS));
    }

    @Test
    void chanceIsWithinFourDeviations() {
        Rule rule = (Rule) Parser.parse(new Source("test", "on /bin/test:f chance 25% set rbx=1"), Map.of()).get(0);
        CompileContext writes = new CompileContext(Architecture.X86_64, Set.of(Engine.UPROBE_CTX), symbols, types,
                new TestProgram(), CgroupSource.NONE, ability -> ability == Ability.FETCHING_ATOMICS);
        int runs = 20_000;
        try (Loaded loaded = new Loaded(RuleCompiler.compile(rule, writes), BpfProgram.SYSCALL)) {
            byte[] registers = new byte[Architecture.X86_64.registers().words() * 8];
            for (int hit = 0; hit < runs; hit++) {
                loaded.run(registers);
            }
            double deviation = Math.sqrt(runs * 0.25 * 0.75);
            long fired = loaded.counters().getLong(CounterLayout.FIRED);
            assertTrue(Math.abs(fired - runs * 0.25) < 4 * deviation, fired + " of " + runs);
        }
    }
}
