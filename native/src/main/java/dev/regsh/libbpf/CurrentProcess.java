// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import dev.regsh.base.errno.KernelException;

/** This process as programs in the kernel see it. */
public final class CurrentProcess {
    /** BPF_PROG_TYPE_RAW_TRACEPOINT; it can be run in the caller's context (from 5.10). */
    private static final int RAW_TRACEPOINT = 17;
    /** r0 = bpf_get_current_pid_tgid() >> 32 */
    private static final long[] PROCESS = {0x85L | 14L << 32, 0x77L | 32L << 32, 0x95L};

    private CurrentProcess() {}

    /**
     * Its number in the initial pid namespace, which {@code /proc} of a container does not tell.
     *
     * @throws KernelException if the kernel does not run such programs
     */
    public static int number() {
        try (BpfProgram program = new BpfProgram(RAW_TRACEPOINT, "regsh_self", "GPL", PROCESS, null, 0)) {
            return program.run(new byte[8]);
        }
    }
}
