# SPDX-License-Identifier: Apache-2.0
# Changes an argument of a running function, then skips the function, and shows what callers get. Needs regsh_target.ko.
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "6"

# The second argument travels in rsi (System V x86-64 calling convention).
on regsh_target_sum set rsi=40 as second
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "44"
expect fired second == 1
detach second

on regsh_target_sum ret=-ENOMEM as skipped
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "-12"
detach skipped

! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "6"
