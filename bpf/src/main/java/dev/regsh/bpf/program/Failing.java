// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import dev.regsh.base.errno.Errno;
import java.util.regex.Pattern;

/**
 * A part of a rule that can fail at a hit. A program that saw it fail leaves its number and the errno in
 * {@link CounterLayout#LAST_ERROR}, and the address of a read in {@link CounterLayout#ERROR_ADDRESS}.
 *
 * @param what as the rule has it: {@code str(filename)}
 */
public record Failing(Kind kind, String what) {
    public enum Kind {
        /** A read of kernel memory. */
        KERNEL_READ,
        /** A rule in the kernel reads memory of the process, and cannot wait for a page. */
        USER_READ,
        /** The same at a user probe of a kernel that lets its programs not wait either. */
        USER_READ_NO_WAIT,
        /** The same where the program waits for the page. */
        USER_READ_WAITS,
        KERNEL_WRITE,
        USER_WRITE,
        /** A change of registers in the kernel, refused by the kernel. */
        REGISTERS,
        /** The same in a user program. */
        USER_REGISTERS,
        /** Another rule has left the function at this hit. */
        LEFT,
        /** The task has a shadow stack. */
        SHADOW_STACK,
        SIGNAL;

        /** It is about an address. */
        public boolean reads() {
            return this == KERNEL_READ || this == USER_READ || this == USER_READ_NO_WAIT || this == USER_READ_WAITS;
        }
    }

    /** What {@code user} may stand before. */
    private static final Pattern MEMORY = Pattern.compile("(str\\(|[us](8|16|32|64)\\[).*");
    /** Pages at the bottom that nobody maps (vm.mmap_min_addr). */
    private static final long NULL_PAGES = 65536;

    /** The number of the part that failed, from 0, where the word {@link CounterLayout#LAST_ERROR} is not 0. */
    public static int number(long lastError) {
        return (int) ((lastError - (int) lastError) >> 32);
    }

    /** What stands in the upper half of that word for a number; the errno is added to it. */
    public static long word(int number) {
        return (long) number << 32;
    }

    /**
     * What happened and what can be done: {@code str(filename) could not be read (EFAULT): a user address? user str(filename)}.
     *
     * @param errno negative
     * @param address what was to be read; of other parts any
     */
    public String sentence(int errno, long address) {
        String name = Errno.name(-errno);
        String failed = kind.reads() ? " could not be read (" : kind == Kind.KERNEL_WRITE || kind == Kind.USER_WRITE
                ? " could not be written (" : " was refused (";
        return what + failed + name + "): " + (kind.reads() ? read(address) : reason(name));
    }

    private String read(long address) {
        boolean kernelHalf = address < 0;
        if (Long.compareUnsigned(address, NULL_PAGES) < 0) {
            return address == 0 ? "the pointer is null" : "the pointer is null or no pointer: 0x" + Long.toHexString(address);
        }
        String nothing = "nothing is mapped at 0x" + Long.toHexString(address);
        return switch (kind) {
            case KERNEL_READ -> kernelHalf ? nothing
                    : "a user address? " + (MEMORY.matcher(what).matches() ? "user " + what : "user u64[ADDRESS] reads those");
            case USER_READ -> kernelHalf ? "a kernel address? leave user out"
                    : "the page is not in memory, and a rule in the kernel cannot wait for it; or " + nothing;
            case USER_READ_NO_WAIT -> kernelHalf ? nothing
                    : "the page is not in memory, and this kernel lets no user probe wait for it; or " + nothing;
            default -> nothing;
        };
    }

    private String reason(String name) {
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
