// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.program.Failing.Kind;
import org.junit.jupiter.api.Test;

class FailingSentenceTest {
    private static final int EFAULT = -14;
    private static final long USER = 0x7ffc_1234_5678L;
    private static final long KERNEL = 0xffff_8880_0000_1000L;

    private static String of(Kind kind, String what, long address) {
        return FailingSentence.of(new Failing(kind, what), EFAULT, address);
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
        assertEquals(
                "goto f was refused (EOPNOTSUPP): the probe is not at a plain function entry, or the kernel has made a jump of it",
                FailingSentence.of(new Failing(Kind.REGISTERS, "goto f"), -95, 0));
        assertEquals("signal 9 was refused (EPERM): the task is PID 1 or a thread of the kernel, or on its way out",
                FailingSentence.of(new Failing(Kind.SIGNAL, "signal 9"), -1, 0));
    }
}
