// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Helpers of the kernel whose numbers are fixed by its interface (enum bpf_func_id), in 5.10 unless they say so. */
public enum Helper {
    MAP_LOOKUP_ELEM(1), MAP_UPDATE_ELEM(2), MAP_DELETE_ELEM(3), KTIME_GET_NS(5), GET_PRANDOM_U32(7),
    GET_SMP_PROCESSOR_ID(8), GET_CURRENT_PID_TGID(14), GET_CURRENT_UID_GID(15),
    GET_CURRENT_COMM(16), GET_CURRENT_TASK(35), PROBE_WRITE_USER(36), CURRENT_TASK_UNDER_CGROUP(37), OVERRIDE_RETURN(58),
    GET_STACK(67),
    GET_CURRENT_CGROUP_ID(80),
    MAP_PUSH_ELEM(87), MAP_POP_ELEM(88), SEND_SIGNAL(109), PROBE_READ_USER(112), PROBE_READ_KERNEL(113),
    PROBE_READ_USER_STR(114), PROBE_READ_KERNEL_STR(115), JIFFIES64(118), RINGBUF_OUTPUT(130),
    /** For probes from 5.14. */
    GET_CURRENT_ANCESTOR_CGROUP_ID(123),
    /** Sleeps; for programs loaded with BPF_F_SLEEPABLE alone. */
    COPY_FROM_USER(148),
    /** From 5.15. */
    GET_ATTACH_COOKIE(174),
    /** From 5.15 on; of a user program from 6.6 on. */
    GET_FUNC_IP(173);

    private final int number;

    Helper(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The helper of that number; empty: none that is used here. */
    static Optional<Helper> of(int number) {
        return Arrays.stream(values()).filter(helper -> helper.number == number).findFirst();
    }

    /** As the kernel calls it, without {@code bpf_}. */
    public String kernelName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
