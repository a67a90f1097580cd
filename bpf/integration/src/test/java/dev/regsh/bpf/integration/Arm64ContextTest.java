// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.regsh.bpf.compile.CompileContext;
import dev.regsh.bpf.compile.RuleCompiler;
import dev.regsh.bpf.compile.TestProgram;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.type.TypeSource;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.Capabilities;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What rules for arm64 do to the registers of a user program, run here on words laid out like its {@code struct user_pt_regs}. */
@Tag("kernel")
class Arm64ContextTest {
    private static final RegisterTable TABLE = Architecture.ARM64.registers();
    private static final long PROBE = 0xaaaa_0000_1000L;
    private static final long CALLER = 0xaaaa_0000_0888L;
    private static final long STACK = 0xffff_f000_0010L;
    /** N set, reached by a branch that only a landing pad may follow (BTYPE 3). */
    private static final long FLAGS = 0x8000_0c00L;

    private final ByteBuffer words = ByteBuffer.allocate(TABLE.words() * 8).order(ByteOrder.nativeOrder());

    @BeforeEach
    void fill() {
        assumeTrue(Capabilities.effective().has(Capabilities.SYS_ADMIN), "needs root");
        for (int i = 0; i < 31; i++) {
            words.putLong(i * 8, 0x1111_2222_3333_0000L + i);
        }
        put("x30", CALLER);
        put("sp", STACK);
        put("pc", PROBE);
        put("pstate", FLAGS);
    }

    private void put(String register, long value) {
        words.putLong(TABLE.named(register).slot() * 8, value);
    }

    private long word(String register) {
        return words.getLong(TABLE.named(register).slot() * 8);
    }

    /** How often it was hit: each hit of these rules fires. */
    private long hit(String text) {
        Rule rule = (Rule) Parser.parse(new Source("test", text), Map.of()).get(0);
        CompileContext machine = new CompileContext(Architecture.ARM64, Set.of(Engine.UPROBE_CTX), null, TypeSource.NONE,
                new TestProgram(), CgroupSource.NONE, ability -> true);
        try (Loaded program = new Loaded(RuleCompiler.compile(rule, machine), BpfProgram.SYSCALL)) {
            program.run(words.array());
            return program.counters().getLong(CounterLayout.HITS);
        }
    }

    @Test
    void partsAreWrittenAsTheProcessorDoes() {
        assertEquals(1, hit("on /bin/test:f set w3=x4 x5=w6 w7=-1"));
        assertEquals(0x3333_0004L, word("x3"));
        assertEquals(0x3333_0006L, word("x5"));
        assertEquals(0xffff_ffffL, word("x7"));
        assertEquals(PROBE, word("pc"));
        assertEquals(FLAGS, word("pstate"));
    }

    @Test
    void aSkippedFunctionReturnsByTheLinkRegister() {
        assertEquals(1, hit("on /bin/test:f set x9=2 ret=-12"));
        assertEquals(-12, word("x0"));
        assertEquals(2, word("x9"));
        assertEquals(CALLER, word("pc"));
        assertEquals(CALLER, word("x30"));
        assertEquals(STACK, word("sp"));
        assertEquals(0x8000_0000L, word("pstate"), "its caller is no landing pad");
    }

    @Test
    void anotherFunctionOfTheFile() {
        assertEquals(1, hit("on /bin/test:f goto g"));
        assertEquals(PROBE + 0x400, word("pc"));
        assertEquals(0x1111_2222_3333_0000L, word("x0"));
        assertEquals(CALLER, word("x30"));
        assertEquals(0x8000_0000L, word("pstate"));
    }

    @Test
    void argumentsInRegistersAndOnTheStack() {
        try (Memory stack = new Memory(64)) {
            stack.setLong(0, 88);
            stack.setLong(8, 99);
            put("sp", Pointer.nativeValue(stack));
            assertEquals(1, hit("on /bin/test:f when arg7 == 0x1111222233330007 set x10=u64[sp] x11=u64[sp+8]"));
            assertEquals(88, word("x10"));
            assertEquals(99, word("x11"));
        }
    }

    @Test
    void theResult() {
        put("x0", 5);
        assertEquals(1, hit("after /bin/test:f when ret == 5 ret=6"));
        assertEquals(6, word("x0"));
        assertEquals(PROBE, word("pc"));
    }

    @Test
    void theReturnAddressIsInARegister() {
        assertEquals(0, hit("on /bin/test:f when x30 != 0xaaaa00000888 set x1=1"));
        assertEquals(1, hit("on /bin/test:f when lr == 0xaaaa00000888 set x1=1"));
        assertEquals(1, word("x1"));
    }
}
