// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Disassembly;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.isa.ProgramTooLongException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the builder's methods become. */
class EncoderTest {
    private final CodeBuilder code = new CodeBuilder();

    private List<String> text() {
        return Disassembly.of(Encoder.encode(code.finish())).stream().map(Disassembly.Line::text).toList();
    }

    @Test
    void constantsStandInTheInstructionWhereTheyFit() {
        Value word = code.contextWord(14);
        code.alu(word, Alu.AND, -8);
        code.alu(word, Alu.ADD, 1L << 32);
        code.storeStack(code.stack(8), 7);
        code.storeStack(code.stack(8), word);
        assertEquals(List.of("r2 = *(u64 *)(r1 + 112)", "r2 &= -8", "r3 = 4294967296 ll", "r2 += r3",
                "*(u64 *)(r10 - 8) = 7", "*(u64 *)(r10 - 16) = r2"), text());
    }

    @Test
    void aBodyIsJumpedOverWhereItsConditionDoesNotHold() {
        Value word = code.contextWord(10);
        code.when(word, Condition.SLT, 0, () -> code.negate(word));
        code.exit();
        assertEquals(List.of("r2 = *(u64 *)(r1 + 80)", "if r2 s>= 0 goto +1", "r2 = -r2", "r0 = 0", "exit"), text());
    }

    @Test
    void aBranchPastAJumpGoesWhereTheJumpGoes() {
        Label out = code.label();
        Value word = code.contextWord(10);
        code.when(word, Condition.EQ, 5, () -> code.jump(out));
        code.setContextWord(10, Value.of(1));
        code.place(out);
        code.exit();
        assertEquals(List.of("r2 = *(u64 *)(r1 + 80)", "if r2 == 5 goto +2", "r2 = 1", "*(u64 *)(r1 + 80) = r2", "r0 = 0",
                "exit"), text());
    }

    @Test
    void whatOutlivesACallIsKept() {
        int at = code.stack(8);
        Value before = code.call(Helper.KTIME_GET_NS);
        Value failed = code.call(Helper.PROBE_READ_USER, Argument.stack(at), Value.of(8), code.contextWord(19));
        Label out = code.label();
        code.jumpIf(failed, Condition.NE, 0, out);
        code.storeStack(at, before);
        code.place(out);
        code.exit();
        assertEquals(List.of("r6 = r1", "call ktime_get_ns#5", "r7 = r0", "r8 = *(u64 *)(r6 + 152)", "r1 = r10", "r1 += -8",
                "r2 = 8", "r3 = r8", "call probe_read_user#112", "if r0 != 0 goto +1", "*(u64 *)(r10 - 8) = r7", "r0 = 0", "exit"),
                text());
    }

    @Test
    void whatFindsNoRegisterLiesOnTheStack() {
        Value[] words = new Value[8];
        for (int i = 0; i < words.length; i++) {
            words[i] = code.contextWord(i);
        }
        for (Value word : words) {
            code.setContextWord(5, word);
        }
        List<String> text = text();
        assertEquals(List.of("r9 = *(u64 *)(r1 + 48)", "r5 = *(u64 *)(r1 + 56)", "*(u64 *)(r10 - 8) = r5"), text.subList(6, 9));
        assertEquals(List.of("r5 = *(u64 *)(r10 - 8)", "*(u64 *)(r1 + 40) = r5"), text.subList(text.size() - 2, text.size()));
    }

    @Test
    void noFrameIsLargerThanTheKernels() {
        code.storeStack(code.stack(520), 0);
        assertThrows(ProgramTooLongException.class, this::text);
    }
}
