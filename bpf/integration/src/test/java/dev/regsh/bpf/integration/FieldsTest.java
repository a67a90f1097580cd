// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.bpf.check.RuleChecker;
import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.EventLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.symbol.KernelSymbol;
import dev.regsh.bpf.symbol.SymbolSource;
import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.typed.ContextName;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.Capabilities;
import dev.regsh.libbpf.EventRing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fields of random structs, bit-fields among them, read from kernel memory and sent as events, against the evaluator. The
 * kernel memory is a map's. {@code -Dregsh.structs=N}, {@code -Dregsh.seed=N}.
 */
@Tag("kernel")
class FieldsTest {
    private static final int BYTES = 128;
    private static final int FIELDS = 12;
    private static final RegisterTable TABLE = Architecture.X86_64.registers();

    @Test
    void eventsHoldWhatTheFieldsHold() throws Exception {
        assumeTrue(Capabilities.effective().has(Capabilities.SYS_ADMIN), "needs root");
        long seed = Long.getLong("regsh.seed", System.nanoTime());
        int wanted = Integer.getInteger("regsh.structs", 200);
        System.out.println("structs " + wanted + " of " + FIELDS + " fields, seed " + seed);
        Random random = new Random(seed);
        try (BpfMap memory = new BpfMap(2, "memory", 4, BYTES, 1, 0)) {
            long address = address(memory);
            for (int i = 0; i < wanted; i++) {
                byte[] bytes = new byte[BYTES];
                random.nextBytes(bytes);
                bytes[BYTES - 1] = 0;
                memory.update(new byte[4], bytes);
                check(struct(random), bytes, address, "seed " + seed + ", struct " + i);
            }
        }
    }

    /** A program may give its context the address of a map's value. */
    private static long address(BpfMap map) {
        long[] code = {0x18L | 2L << 8 | 2L << 12 | (long) map.fd() << 32, 0, 0x7bL | 1L << 8 | 2L << 12, 0xb7L, 0x95L};
        try (BpfProgram program = new BpfProgram(BpfProgram.SYSCALL, "test", "GPL", code, null, BpfProgram.SLEEPABLE)) {
            byte[] context = new byte[8];
            program.run(context);
            return ByteBuffer.wrap(context).order(ByteOrder.nativeOrder()).getLong();
        }
    }

    private static Type.Struct struct(Random random) {
        List<Type.Member> members = new ArrayList<>();
        for (int i = 0; i < FIELDS; i++) {
            int size = 1 << random.nextInt(4);
            Type type = new Type.Int("t", size, random.nextBoolean(), false);
            int start = random.nextInt((BYTES - 8) / size) * size * 8;
            int width = random.nextBoolean() ? 0 : 1 + random.nextInt(size * 8);
            int shift = width == 0 ? 0 : random.nextInt(size * 8 - width + 1);
            members.add(new Type.Member("f" + i, type, start + shift, width));
        }
        return new Type.Struct("s", false, BYTES, () -> members);
    }

    private static void check(Type.Struct struct, byte[] bytes, long address, String place) throws Exception {
        StringBuilder text = new StringBuilder("dry on f log str(p)");
        for (int i = 0; i < FIELDS; i++) {
            text.append(", p->f").append(i);
        }
        Rule rule = (Rule) Parser.parse(new Source("test", text.toString()), Map.of()).get(0);
        CompileContext context = context(struct);
        CompiledRule compiled = RuleCompiler.compile(rule, context);
        TypedRule typed = RuleChecker.check(context, rule, compiled.probes().get(0).attach());
        Evaluator evaluator = new Evaluator(new Kernel(bytes, address));
        ByteBuffer registers = ByteBuffer.allocate(TABLE.words() * 8).order(ByteOrder.nativeOrder());
        registers.putLong(TABLE.named("rdi").slot() * 8, address);
        try (Loaded loaded = new Loaded(compiled, BpfProgram.SYSCALL);
                EventRing ring = new EventRing(loaded.map(MapSpec.EVENTS))) {
            loaded.counters().putLong(CounterLayout.RULE, 42);
            loaded.run(registers.array());
            assertEquals(0, loaded.counters().getLong(CounterLayout.ERRORS), place);
            List<ByteBuffer> events = new ArrayList<>();
            ring.await(1000);
            ring.poll(event -> {
                byte[] copy = new byte[event.remaining()];
                event.get(copy);
                events.add(ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder()));
            });
            assertEquals(1, events.size(), place);
            ByteBuffer event = events.get(0);
            EventLayout layout = compiled.functions().get(0).events().orElseThrow();
            assertEquals(layout.size(), event.limit());
            assertEquals(42, event.getLong(EventLayout.RULE));
            assertEquals(0, event.getLong(EventLayout.FUNCTION));
            assertEquals(EventLayout.Kind.DRY.ordinal(), event.getInt(EventLayout.KIND));
            for (int at = 0; at < EventLayout.STRING - 1 && bytes[at] != 0; at++) {
                assertEquals(bytes[at], event.get(layout.values().get(0).offset() + at), place);
            }
            for (int i = 0; i < FIELDS; i++) {
                TypedRule.Logged.Number number = (TypedRule.Logged.Number) typed.log().orElseThrow().get(i + 1);
                assertEquals(evaluator.value(number.value()), event.getLong(layout.values().get(i + 1).offset()),
                        place + ": " + number.value());
            }
        }
    }

    private static CompileContext context(Type.Struct struct) {
        FunctionType prototype = new FunctionType("f", new Type.Void(),
                List.of(new FunctionType.Parameter("p", new Type.Pointer(() -> struct), "struct s *")), false);
        SymbolSource symbols = new SymbolSource() {
            @Override
            public List<KernelSymbol> named(String name) {
                return List.of(new KernelSymbol(name, "", 0x1000));
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
                return 0;
            }
        };
        return new CompileContext(Architecture.X86_64, Set.of(Engine.HELPER), symbols,
                (function, module) -> Optional.of(prototype), UserSymbolSource.NONE, CgroupSource.NONE,
                ability -> ability != Ability.USER_READS_WAIT);
    }

    private record Kernel(byte[] bytes, long address) implements HitState {
        @Override
        public long word(int slot) {
            return slot == TABLE.named("rdi").slot() ? address : 0;
        }

        @Override
        public long context(ContextName name) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public byte[] comm() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public long entryValue(int slot) {
            throw new IllegalStateException("no return");
        }

        @Override
        public byte read(boolean user, long at) {
            if (at < address || at >= address + bytes.length) {
                throw new Fault();
            }
            return bytes[(int) (at - address)];
        }
    }
}
