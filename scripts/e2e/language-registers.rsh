# SPDX-License-Identifier: Apache-2.0
# What needs no types: registers by name and width, memory by address, who calls.
# 8 and 16 bits keep the rest of the register, 32 bits clear the upper half.
on regsh_target_sum set sil=7 dh=1 as parts
! cd /sys/kernel/debug/regsh_target && echo "sum 0 0x1100 2" > call && cat result
expect output == "4617"
detach parts
on regsh_target_sum set edi=100 as low
! cd /sys/kernel/debug/regsh_target && echo "sum -1 0 0" > call && cat result
expect output == "100"
detach low

# An address that cannot be read: the rule does not apply, and counts it.
on regsh_target_sum when u32[0x10] == 0 ret=1 as unreadable
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "6"
expect errors unreadable == 1
expect hits unreadable == 0
detach unreadable

on regsh_target_sum cgroup / uid 0 when pid > 0 && comm ~ "*sh" && cpu < 2 ret=5 as context
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "5"
detach context

# Kernel memory is written by address; a bad one is counted.
on regsh_target_fill write u64[rdi]=1 ret=0 as by_address
! cd /sys/kernel/debug/regsh_target && echo "fill 7" > call && cat result
expect output == "1"
detach by_address

on regsh_target_struct write u64[0x10]=5 as bad
! cd /sys/kernel/debug/regsh_target && echo "struct 5 2 3" > call && cat result
expect output == "10222"
expect errors bad == 1
expect fired bad == 0
detach bad
