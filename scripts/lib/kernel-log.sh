# SPDX-License-Identifier: Apache-2.0
# What must never stand in a kernel log.
# shellcheck shell=bash

kernel_log_splats='WARNING: |BUG: |kernel BUG|Oops|general protection fault|possible (recursive|circular) locking|suspicious RCU|INFO: (task|rcu)|refcount_t:|Kernel panic|unregister_netdevice: waiting|list_(add|del) corruption|UBSAN|KASAN|stack-protector|double fault'

# kernel_log_clean FILE: prints the lines round a splat and fails, or succeeds.
kernel_log_clean() {
    # The kernel itself says WARNING of a bad mitigation at boot; that is the emulated processor's, not ours.
    # -a: one letter beyond ASCII, and grep would keep the rest of the log to itself.
    if grep -avE 'Spectre|MDS:|L1TF|[Mm]itigation' "$1" | grep -aqE "$kernel_log_splats"; then
        grep -avE 'Spectre|MDS:|L1TF|[Mm]itigation' "$1" | grep -am3 -A25 -E "$kernel_log_splats" >&2
        return 1
    fi
}
