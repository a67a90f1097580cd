// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.bpf.compile.TestKernel;
import dev.regsh.bpf.program.Failing.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailingTest {
    private static final int EFAULT = -14;
    private static final long USER = 0x7ffc_1234_5678L;
    private static final long KERNEL = 0xffff_8880_0000_1000L;

    private static String of(Kind kind, String what, long address) {
        return new Failing(kind, what).sentence(EFAULT, address);
    }

    @Test
    void wordsFollowTheAddress() {
        assertEquals("str(filename) could not be read (EFAULT): a user address? user str(filename)",
                of(Kind.KERNEL_READ, "str(filename)", USER));
        assertEquals("sb->s_flags could not be read (EFAULT): a user address? user u64[ADDRESS] reads those",
                of(Kind.KERNEL_READ, "sb->s_flags", USER));
        assertEquals("sb->s_flags could not be read (EFAULT): the pointer is null or no pointer: 0x50",
                of(Kind.KERNEL_READ, "sb->s_flags", 0x50));
        assertEquals("u64[rdi] could not be read (EFAULT): nothing is mapped at 0xffff888000001000",
                of(Kind.KERNEL_READ, "u64[rdi]", KERNEL));
        assertEquals("user str(name) could not be read (EFAULT): a kernel address? leave user out",
                of(Kind.USER_READ, "user str(name)", KERNEL));
        assertEquals("user str(name) could not be read (EFAULT): the page is not in memory, and a rule in the kernel cannot wait "
                + "for it; or nothing is mapped at 0x7ffc12345678", of(Kind.USER_READ, "user str(name)", USER));
        assertEquals("str(s) could not be read (EFAULT): nothing is mapped at 0x7ffc12345678",
                of(Kind.USER_READ_WAITS, "str(s)", USER));
        assertEquals("goto f was refused (EOPNOTSUPP): the probe is not at a plain function entry, or the kernel has made a jump of it",
                new Failing(Kind.REGISTERS, "goto f").sentence(-95, 0));
    }

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
        assertEquals(List.of("signal 9 was refused (EPERM): the task is PID 1 or a thread of the kernel, or on its way out"),
                new TestKernel().compile("on sum signal KILL").failing().stream().map(each -> each.sentence(-1, 0)).toList());
    }
}
