// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.bpf.compile.TestKernel;
import dev.regsh.bpf.program.Failing.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailingTest {
    private static final int EFAULT = -14;

    @Test
    void aWordHoldsTheErrnoAndTheNumber() {
        for (int number : new int[] {0, 1, 70_000}) {
            long word = Failing.word(number) + EFAULT;
            assertEquals(number, Failing.number(word));
            assertEquals(EFAULT, (int) word);
        }
    }

    @Test
    void aRuleKnowsWhatOfItCanFail() {
        assertEquals(List.of(new Failing(Kind.KERNEL_READ, "str(rsi)"), new Failing(Kind.USER_READ, "user u8[rsi]"),
                new Failing(Kind.REGISTERS, "set a and ret")),
                new TestKernel().compile("on sum when str(rsi) == \"x\" set a=user u8[rsi] ret=5 limit 3").failing());
        assertEquals(List.of(), new TestKernel().compile("on sum log a").failing());
        assertEquals(List.of(new Failing(Kind.SIGNAL, "signal 9")), new TestKernel().compile("on sum signal KILL").failing());
    }
}
