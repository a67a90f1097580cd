// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VerifierSentenceTest {
    @Test
    void findsTheLineThatSaysWhatWasWrong() {
        assertEquals("invalid bpf_context access off=8 size=8", VerifierSentence.of("""
                func#0 @0
                0: R1=ctx() R10=fp0
                0: (b7) r2 = 0                        ; R2_w=0
                1: (7b) *(u64 *)(r1 +8) = r2
                invalid bpf_context access off=8 size=8
                processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
                """));
        assertEquals("R1 type=scalar expected=ctx", VerifierSentence.of("""
                0: (bf) r6 = r1
                from 4 to 7: R0=0 R6=ctx() R10=fp0
                7: (85) call bpf_override_regs#1234
                R1 type=scalar expected=ctx
                verification time 31 usec
                stack depth 16
                processed 8 insns (limit 1000000) max_states_per_insn 0 total_states 1 peak_states 1 mark_read 1
                """));
    }

    @Test
    void aLogWithoutASentenceGivesNone() {
        assertEquals("", VerifierSentence.of(""));
        assertEquals("", VerifierSentence.of("0: (95) exit\nprocessed 1 insns (limit 1000000)\n"));
    }
}
