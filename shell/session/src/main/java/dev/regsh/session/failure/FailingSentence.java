// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.failure;

import dev.regsh.base.errno.Errno;
import dev.regsh.bpf.program.Failing;
import java.util.regex.Pattern;

/** What is said of a hit at which a part of a rule failed. */
public final class FailingSentence {
    /** What {@code user} may stand before. */
    private static final Pattern MEMORY = Pattern.compile("(str\\(|[us](8|16|32|64)\\[).*");
    /** Pages at the bottom that nobody maps (vm.mmap_min_addr). */
    private static final long NULL_PAGES = 65536;

    private FailingSentence() {}

    /**
     * What happened and what can be done: {@code str(filename) could not be read (EFAULT): a user address? user str(filename)}.
     *
     * @param failing the part of the rule
     * @param errno negative
     * @param address what was to be read; of other parts any
     */
    public static String of(Failing failing, int errno, long address) {
        Failing.Kind kind = failing.kind();
        String name = Errno.name(-errno);
        String failed = kind.reads() ? " could not be read (" : kind == Failing.Kind.KERNEL_WRITE || kind == Failing.Kind.USER_WRITE
                ? " could not be written (" : " was refused (";
        return failing.what() + failed + name + "): " + (kind.reads() ? read(failing, address) : reason(kind, name));
    }

    private static String read(Failing failing, long address) {
        boolean kernelHalf = address < 0;
        if (Long.compareUnsigned(address, NULL_PAGES) < 0) {
            return address == 0 ? "the pointer is null" : "the pointer is null or no pointer: 0x" + Long.toHexString(address);
        }
        String nothing = "nothing is mapped at 0x" + Long.toHexString(address);
        String what = failing.what();
        return switch (failing.kind()) {
            case KERNEL_READ -> kernelHalf ? nothing
                    : "a user address? " + (MEMORY.matcher(what).matches() ? "user " + what : "user u64[ADDRESS] reads those");
            case USER_READ -> kernelHalf ? "a kernel address? leave user out"
                    : "the page is not in memory, and a rule in the kernel cannot wait for it; or " + nothing;
            case USER_READ_NO_WAIT -> kernelHalf ? nothing
                    : "the page is not in memory, and this rule's probe cannot wait for it; or " + nothing;
            default -> nothing;
        };
    }

    private static String reason(Failing.Kind kind, String name) {
        return switch (kind) {
            case KERNEL_WRITE -> "nothing is mapped there, or it is read-only";
            case USER_WRITE -> "the page is not in memory, or it is read-only; a write cannot wait for it";
            case SIGNAL -> name.equals("EPERM") ? "the task is PID 1 or a thread of the kernel, or on its way out"
                    : "the kernel does not send it";
            case LEFT -> "another rule has left the function at this hit already";
            case SHADOW_STACK -> "the task has a shadow stack, which knows where it returns to";
            case USER_REGISTERS -> name.equals("EOPNOTSUPP")
                    ? "the task is a 32-bit one or has a shadow stack, or another rule has left the function at this hit"
                    : "the kernel does not let this rule change the registers of this task";
            default -> switch (name) {
                case "EOPNOTSUPP" -> "the probe is not at a plain function entry, or the kernel has made a jump of it";
                case "EPERM" -> "overriding is switched off, or the function is not on the list of those it is for";
                case "EINVAL" -> "goto leads to what is no function's entry";
                default -> "the kernel does not let this rule change the registers";
            };
        };
    }
}
