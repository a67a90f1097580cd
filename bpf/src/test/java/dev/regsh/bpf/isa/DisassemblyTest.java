// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.regsh.bpf.compile.TestKernel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code plan} shows is what LLVM reads in the same bytes. */
class DisassemblyTest {
    private static final List<String> RULES = List.of("on sum set rdi=5", "on sum set bl=a, bh=7 ret=-12",
            "on sum when a / b < -3 log",
            "on mount when str(sb->name) ~ \"a*b\" && sb->high == -2 write sb->low=3",
            "after vfs_read when count > 4 chance 10% ret=-5",
            "on sum skip 5 every 3 limit 10 for 5s caller other signal KILL goto other",
            "dry on kill comm \"cat\" uid 0 set sig=9");

    @Test
    void saysWhatLlvmSays() throws Exception {
        assumeTrue(Disassembler.available(), "needs llvm-mc");
        TestKernel kernel = new TestKernel();
        for (String rule : RULES) {
            Program program = kernel.compile(rule).probes().get(0).program();
            List<Disassembly.Line> lines = Disassembly.of(program);
            List<Integer> relocated = program.relocations().stream().map(r -> r.index()).toList();
            for (Disassembly.Line line : lines) {
                long instruction = program.instructions()[line.index()];
                int opcode = (int) (instruction & 0xFF);
                boolean call = opcode == 0x85;
                // LLVM 14 knows neither remainders nor stores of constants.
                boolean unknown = (opcode & 0xF7) == 0x97 || (opcode & 7) == Opcode.ST;
                if (relocated.contains(line.index()) || unknown) {
                    continue;
                }
                long[] slots = line.text().endsWith(" ll")
                        ? new long[] {instruction, program.instructions()[line.index() + 1]} : new long[] {instruction};
                String seen = line.text();
                assertEquals(Disassembler.text(slots).get(0), call ? "call " + seen.substring(seen.indexOf('#') + 1)
                        : seen, rule);
            }
        }
    }

    @Test
    void namesWhatTheLoaderCompletes() {
        Program program = new TestKernel().compile("on sum set rdi=5").probes().get(0).program();
        List<String> lines = Disassembly.of(program).stream().map(Disassembly.Line::text).toList();
        assertEquals(1, lines.stream().filter("call bpf_override_regs"::equals).count());
        assertEquals(1, lines.stream().filter(line -> line.endsWith("map counters[0] + 0")).count());
    }
}
