// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import java.util.Set;

/** Functions without which regsh could not detach, or the kernel not say why it died: refused unless {@code force}. */
final class ProtectedFunctions {
    private static final Set<String> NAMES = Set.of("panic", "oops_enter", "oops_exit", "die", "make_task_dead", "do_exit",
            "__schedule", "schedule", "do_syscall_64", "x64_sys_call", "syscall_exit_to_user_mode",
            "exit_to_user_mode_prepare",
            "__x64_sys_close", "filp_close", "__fput", "perf_release", "perf_event_release_kernel", "bpf_link_release",
            "bpf_prog_release", "__x64_sys_bpf", "__sys_bpf", "__x64_sys_perf_event_open", "ksys_read", "ksys_write",
            "do_futex", "__x64_sys_futex", "handle_mm_fault", "exc_page_fault", "do_user_addr_fault", "_raw_spin_lock",
            "_raw_spin_unlock", "mutex_lock", "mutex_unlock", "kfree", "__kmalloc", "printk", "vprintk", "_printk");

    private ProtectedFunctions() {}

    static boolean contains(String function) {
        return NAMES.contains(function);
    }
}
