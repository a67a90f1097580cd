// SPDX-License-Identifier: Apache-2.0
package dev.regsh.kallsyms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KallsymsTest {
    private static final String TEXT = """
            ffffffff81000000 T vfs_read
            ffffffff8100000e t __pfx_vfs_write
            ffffffff81000010 t vfs_write
            ffffffff81000020 D vfs_data
            ffffffff81000030 t twice
            ffffffff81000040 t twice
            ffffffffc0000000 t open_ctree\t[btrfs]
            ffffffffc0000100 T btrfs_read\t[btrfs]
            """;

    private final Kallsyms symbols = Kallsyms.read(TEXT.getBytes(StandardCharsets.ISO_8859_1));

    @Test
    void keepsFunctionsOnly() {
        assertEquals(6, symbols.size());
        assertTrue(symbols.named("vfs_data").isEmpty());
    }

    /** It is not offered, but known by its name, and an address in it is not another's. */
    @Test
    void otherCodeIsNoFunction() {
        Kallsyms all = Kallsyms.read("""
                ffffffff81000000 T _stext
                ffffffff81000000 T __irqentry_text_start
                ffffffff81000000 T cold_start
                ffffffff81000100 t cold_start.cold
                ffffffff81000200 t cold_start.cold.3
                ffffffff81000300 t cold_start.isra.0
                ffffffff81000400 t __SCT__might_resched
                ffffffffc0000000 t bpf_prog_6deef7357e7b4530_f\t[bpf]
                ffffffffc0000100 t ftrace_trampoline\t[__builtin__ftrace]
                ffffffffc0000200 t init\t[bpf_preload]
                """.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(List.of("cold_start", "cold_start.isra.0", "init"), all.names().toList());
        assertEquals(3, all.matching("", (text, from, length) -> true).size());
        assertEquals(List.of("bpf_preload"), all.modules());
        assertEquals("cold_start.cold", all.at(0xffffffff81000110L).orElseThrow().name());
        Kallsyms.Symbol cold = all.named("cold_start.cold").get(0);
        assertFalse(Kallsyms.isKernel("__builtin__kprobes"));
        assertTrue(Kallsyms.isKernel("bpf_preload"));
        assertEquals(0x100, all.size(cold));
    }

    @Test
    void findsByName() {
        assertEquals(List.of(new Kallsyms.Symbol("open_ctree", "btrfs", 0xffffffffc0000000L)), symbols.named("open_ctree"));
        assertEquals(2, symbols.named("twice").size());
        assertTrue(symbols.named("vfs").isEmpty());
    }

    @Test
    void findsByPrefixAndGlob() {
        assertEquals(List.of("vfs_read", "vfs_write"), names(symbols.find("vfs_", 10)));
        assertEquals(List.of("vfs_read"), names(symbols.find("vfs_", 1)));
        assertEquals(List.of("btrfs_read", "vfs_read"), symbols
                .matching("", (text, from, length) -> new String(text, from, length, StandardCharsets.ISO_8859_1).endsWith("_read"))
                .stream().map(s -> s.name()).toList());
        assertEquals(2, symbols.matching("vfs_", (text, from, length) -> true).size());
    }

    @Test
    void findsByAddress() {
        Kallsyms.Symbol found = symbols.at(0xffffffff81000017L).orElseThrow();
        assertEquals("vfs_write", found.name());
        assertEquals(0x20, symbols.size(found));
        assertTrue(symbols.at(0x1000).isEmpty());
        assertTrue(symbols.at(0).isEmpty());
        assertEquals(0, symbols.size(symbols.named("btrfs_read").get(0)));
    }

    @Test
    void saysWhereCodeIs() {
        assertEquals(List.of(new Kallsyms.Range(0xffffffff81000000L, 0xffffffff81001040L),
                new Kallsyms.Range(0xffffffffc0000000L, 0xffffffffc0001100L)), symbols.ranges());
        assertEquals(List.of(), Kallsyms.read("0000000000000000 T vfs_read\n".getBytes(StandardCharsets.ISO_8859_1)).ranges());
    }

    @Test
    void findsPartsOfNames() {
        assertEquals(List.of("vfs_read", "btrfs_read"), names(symbols.find("s_re", 9)));
        assertEquals(List.of("twice"), names(symbols.find("wic", 9)));
        assertTrue(symbols.find("pfx", 9).isEmpty());
    }

    @Test
    void findsWithinAModule() {
        assertEquals(List.of("btrfs"), symbols.modules());
        assertEquals(List.of("btrfs_read", "open_ctree"), names(symbols.find("btrfs", "", 9)));
        assertEquals(List.of("open_ctree"), names(symbols.find("btrfs", "ctree", 9)));
        assertTrue(symbols.find("nfs", "", 9).isEmpty());
    }

    private static List<String> names(List<Kallsyms.Symbol> symbols) {
        return symbols.stream().map(Kallsyms.Symbol::name).toList();
    }

    @Test
    void namesEachOnce() {
        List<String> names = symbols.names().toList();
        assertEquals(names.stream().distinct().sorted().toList(), names);
        assertTrue(names.containsAll(List.of("vfs_read", "open_ctree", "twice")));
    }

    @Test
    void seesHiddenAddresses() {
        assertFalse(symbols.addressesHidden());
        assertTrue(Kallsyms.read("0000000000000000 T a\n".getBytes(StandardCharsets.ISO_8859_1)).addressesHidden());
    }

    @Test
    void readsTheRunningKernel() throws Exception {
        Kallsyms real = Kallsyms.read();
        assertTrue(real.size() > 10_000);
        assertFalse(real.named("schedule").isEmpty());
        List<String> names = names(real.find("", Integer.MAX_VALUE));
        assertEquals(names.stream().sorted().toList(), names);
    }
}
