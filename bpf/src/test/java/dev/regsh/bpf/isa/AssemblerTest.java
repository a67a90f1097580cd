// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssemblerTest {
    private final Assembler out = new Assembler();
    private final List<String> wanted = new ArrayList<>();

    private void check() throws Exception {
        assumeTrue(Disassembler.available(), "needs llvm-mc");
        assertEquals(String.join("\n", wanted), String.join("\n", Disassembler.text(out.finish().instructions())));
    }

    @Test
    void arithmetic() throws Exception {
        for (Alu operation : Alu.values()) {
            if (operation == Alu.NEG || operation == Alu.MOD) {
                continue;
            }
            for (int register = 0; register <= 9; register++) {
                int other = 9 - register;
                out.alu(true, operation, register, other);
                wanted.add("r" + register + " " + operation.symbol() + " r" + other);
                out.alu(false, operation, register, other);
                wanted.add("w" + register + " " + operation.symbol() + " w" + other);
            }
            for (int value : new int[] {0, 1, 31, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                out.aluImmediate(true, operation, 3, value);
                wanted.add("r3 " + operation.symbol() + " " + value);
                out.aluImmediate(false, operation, 4, value);
                wanted.add("w4 " + operation.symbol() + " " + value);
            }
        }
        out.negate(true, 5);
        wanted.add("r5 = -r5");
        out.negate(false, 6);
        wanted.add("w6 = -w6");
        check();
    }

    @Test
    void constants() throws Exception {
        out.constant(1, -1);
        wanted.add("r1 = -1");
        out.constant(2, 0xFFFF_FFFFL);
        wanted.add("w2 = -1");
        out.constant(3, 0x8000_0000L);
        wanted.add("w3 = -2147483648");
        out.constant(4, 0x1_0000_0000L);
        wanted.add("r4 = 4294967296 ll");
        out.constant(5, Long.MIN_VALUE);
        wanted.add("r5 = -9223372036854775808 ll");
        out.loadImmediate64(6, 0, 0x1234_5678_9abc_def0L);
        wanted.add("r6 = " + 0x1234_5678_9abc_def0L + " ll");
        check();
    }

    @Test
    void memory() throws Exception {
        for (int bytes : new int[] {1, 2, 4, 8}) {
            out.load(bytes, 1, 2, 8);
            wanted.add("r1 = *(u" + bytes * 8 + " *)(r2 + 8)");
            out.load(bytes, 9, 10, -512);
            wanted.add("r9 = *(u" + bytes * 8 + " *)(r10 - 512)");
            out.store(bytes, 10, -8, 3);
            wanted.add("*(u" + bytes * 8 + " *)(r10 - 8) = r3");
            out.store(bytes, 0, 32767, 7);
            wanted.add("*(u" + bytes * 8 + " *)(r0 + 32767) = r7");
        }
        out.atomicAdd(1, 16, 2);
        wanted.add("lock *(u64 *)(r1 + 16) += r2");
        out.atomicFetchAdd(1, -16, 2);
        wanted.add("r2 = atomic_fetch_add((u64 *)(r1 - 16), r2)");
        check();
    }

    @Test
    void controlFlow() throws Exception {
        int end = out.newLabel();
        List<Condition> conditions = List.of(Condition.values());
        int length = conditions.size() * 4 + 1;
        for (Condition condition : conditions) {
            for (boolean wide : new boolean[] {true, false}) {
                String register = wide ? "r" : "w";
                out.jump(wide, condition, 1, 2, end);
                wanted.add("if " + register + "1 " + condition.symbol() + " " + register + "2 goto +"
                        + (length - wanted.size() - 1));
                out.jumpImmediate(wide, condition, 3, -7, end);
                wanted.add("if " + register + "3 " + condition.symbol() + " -7 goto +" + (length - wanted.size() - 1));
            }
        }
        out.jump(end);
        wanted.add("goto +0");
        out.place(end);
        out.call(Helper.KTIME_GET_NS);
        wanted.add("call 5");
        out.exit();
        wanted.add("exit");
        check();
    }

    /** LLVM 14 does not know these: RFC 9669, sections 4.1 and 5.2. */
    @Test
    void remainderAndStoresOfConstants() {
        out.alu(true, Alu.MOD, 1, 2);
        out.aluImmediate(true, Alu.MOD, 1, 7);
        out.storeImmediate(1, 10, -1, 5);
        out.storeImmediate(2, 10, -2, 5);
        out.storeImmediate(4, 10, -4, -1);
        out.storeImmediate(8, 10, -8, -1);
        assertArrayEquals(new long[] {0x219fL, 0x7_0000_0197L, 0x5_ffff_0a72L, 0x5_fffe_0a6aL, 0xffff_ffff_fffc_0a62L,
            0xffff_ffff_fff8_0a7aL},
                out.finish().instructions());
    }

    @Test
    void relocationsPointAtTheirInstruction() throws Exception {
        out.move(1, 10);
        out.mapDescriptor(2, "events");
        out.mapValue(3, "counters", 24);
        out.call(Relocation.Kind.OVERRIDE_CALL, "bpf_override_regs");
        var program = out.finish();
        assertEquals(List.of(new Relocation(1, Relocation.Kind.MAP_FD, "events", 0),
                new Relocation(3, Relocation.Kind.MAP_VALUE, "counters", 24),
                new Relocation(5, Relocation.Kind.OVERRIDE_CALL, "bpf_override_regs", 0)), program.relocations());
        long[] linked = program.link(r -> switch (r.kind()) {
            case MAP_FD -> dev.regsh.bpf.isa.Program.Linker.Patch.map(7);
            case MAP_VALUE -> dev.regsh.bpf.isa.Program.Linker.Patch.mapValue(8, 128);
            default -> dev.regsh.bpf.isa.Program.Linker.Patch.kfunc(1, 99);
        });
        assertArrayEquals(new long[] {0xa1bfL, 0x7_0000_1218L, 0, 0x8_0000_2318L, 152L << 32,
            99L << 32 | 1L << 16 | 0x2085L},
                linked);
        assumeTrue(Disassembler.available(), "needs llvm-mc");
        assertEquals(List.of("r1 = r10", "ld_pseudo\tr2, 1, 7", "ld_pseudo\tr3, 2, 8"),
                Disassembler.text(linked).subList(0, 3));
    }

    @Test
    void aJumpTooFarIsRefused() {
        int end = out.newLabel();
        out.jump(end);
        for (int i = 0; i < 32768; i++) {
            out.move(1, 1);
        }
        out.place(end);
        assertThrows(ProgramTooLongException.class, out::finish);
    }
}
