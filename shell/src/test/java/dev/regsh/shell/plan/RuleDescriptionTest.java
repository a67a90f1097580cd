// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.compile.TestKernel;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleDescriptionTest {
    private final TestKernel kernel = new TestKernel();

    private List<String> plan(String rule) {
        return RuleDescription.of(kernel.compile(rule).functions().get(0).typed());
    }

    @Test
    void namesMeanRegistersOfTheirTypes() {
        assertEquals(List.of("when ((s32)rdi > (u8)rsi)", "rdi = (s32)5 (a)"), plan("on narrow when a > b set a=5"));
        assertEquals(List.of("when ((s32)rdi s> 5)", "log"), plan("on narrow when a > 5 log"));
    }

    @Test
    void fieldsMeanPlaces() {
        assertEquals(List.of("when ((u64[rdi] & 3) == 0)", "log s32[rdi + 24], s64[rdi + 32], s64[u64[rdi + 40] + 16], "
                + "u8[rdi + 12] bits 0 to 2, s8[rdi + 12] bits 3 to 7, s32[rdi + 72], s64[rdi + 96]"),
                plan("on mount when (sb->s_flags & 3) == 0 log sb->s_inner.second, sb->as_long, sb->next->s_inner.first, "
                        + "sb->low, sb->high, sb->slots[2], sb->inners[1].first"));
    }

    /** A function that returns a large struct has the address for it in the first register. */
    @Test
    void resultsInMemoryMoveTheArguments() {
        assertEquals(List.of("rsi = 1 (a)", "log (s64)r9"), plan("on zq_large set a=1 log arg4"));
        assertEquals(List.of("log (s64)rsi at entry, s64[rax], s32[rax + 8], u64[u64[rax + 16]]"),
                plan("after zq_large log a, ret.first, ret.second, ret.third->s_flags"));
        assertEquals(List.of("s32[rax + 8] = 5"), plan("after zq_large write ret.second=5"));
        assertEquals(List.of("u64[rdi] = 1", "return rdi"), plan("on zq_large write u64[rdi]=1 ret=rdi force"));
        assertEquals(List.of("log rsi, rdx, r9"), plan("on zq_va log fmt, arg1, arg4"));
    }

    @Test
    void structsInRegistersHaveFields() {
        assertEquals(List.of("when ((u32)rax > 4)", "rax = (u32)5 (ret)"), plan("after zq_id when ret.val > 4 ret=5"));
        assertEquals(List.of("return (u32)5"), plan("on zq_id ret=5"));
        assertEquals(List.of("rdi = (u32)7 (id)", "log (u32)rdi, (u32)rdi, (s64)rsi"),
                plan("on zq_pair set id=7 log id, id.val, n"));
        assertEquals(List.of("log (s64)rdi, (s64)rsi"), plan("on by_value log pair.a, pair.b"));
        assertEquals(List.of("log (s64)rdi at entry"), plan("after by_value log pair.a"));
        assertEquals(List.of("log s64[(rsp + 8)], s32[(rsp + 8) + 8]"), plan("on zq_pair log all.first, all.second"));
        assertEquals(List.of("rdx = 2", "return 1"), plan("on zq_pair ret=1 set rdx=2"));
        assertEquals(List.of("rdx = 2", "rax = 1 (ret)"), plan("after zq_pair ret=1 set rdx=2"));
    }

    @Test
    void boolsBecomeZeroOrOne() {
        assertEquals(List.of("rdx = (u8)(rsi != 0) (c)"), plan("on narrow set c=rsi"));
        assertEquals(List.of("rdx = (u8)1 (c)"), plan("on narrow set c=1"));
    }

    @Test
    void contextNamesComeBeforeParameters() {
        assertEquals(List.of("when (pid == 7)", "log"), plan("on kill when pid == 7 log"));
        assertEquals(List.of("when ((s32)rdi == 7)", "log"), plan("on kill when $pid == 7 log"));
    }

    @Test
    void gotoKnowsWhereTo() {
        CompiledRule rule = kernel.compile("on sum goto other");
        String line = RuleDescription.of(rule.functions().get(0).typed()).get(0);
        assertTrue(line.startsWith("go to other at 0xffffffff810002"), line);
        assertEquals(List.of("go to g at rip+0x400"), plan("on /bin/test:f goto g"));
        assertEquals(List.of("rdi = 1", "go to narrow at 0xffffffff81000300"), plan("on sum goto narrow set rdi=1 force"));
    }

    @Test
    void writesAreStores() {
        assertEquals(List.of("u64[rdi] = 0", "u8[rdi + 12] bits 0 to 2 = 5"),
                plan("on mount write sb->s_flags=0 write sb->low=5"));
        assertEquals(List.of("user u32[(rsi + 8)] = 5"), plan("on sum write user u32[rsi+8]=5"));
        assertEquals(List.of("when (user u32[rdi] == 1)", "user u32[rsi] = 5"),
                plan("on /bin/test:f when u32[rdi] == 1 write u32[rsi]=5"));
    }

    @Test
    void eachFunctionOfAGlobHasTypesOfItsOwn() {
        CompiledRule rule = kernel.compile("on *m* log arg0");
        assertEquals(List.of(List.of("log (s64)rdi"), List.of("log rdi")), rule.functions().stream()
                .map(function -> RuleDescription.of(function.typed())).toList());
    }
}
