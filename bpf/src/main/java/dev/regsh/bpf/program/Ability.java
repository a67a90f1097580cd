// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

/** Something a kernel may offer to the programs of rules. */
public enum Ability {
    /** Atomics that fetch (from 5.12); without them hits are numbered by tokens from queues. */
    FETCHING_ATOMICS,
    /** The helper {@code bpf_override_mem} beside {@code bpf_override_regs}: the first series had no such. */
    HELPER_WRITES_MEMORY,
    /** The same of the module's kfuncs. */
    KFUNC_WRITES_MEMORY,
    /** A program learns a number given to its probe (bpf_get_attach_cookie, from 5.15); without, it is compiled in. */
    ATTACH_COOKIES,
    /** A program learns of each cgroup that its task is below (from 5.14); without, the kernel is asked about one of them. */
    ANCESTOR_CGROUPS,
    /** Programs at user probes may sleep (from 6.0): a page of the process that is not in memory is fetched. */
    USER_READS_WAIT
}
