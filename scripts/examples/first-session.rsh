# SPDX-License-Identifier: Apache-2.0
# Find a function, see what it takes, change an argument, skip it for some calls, look at the counters, keep the steps, undo.
# regsh_target_sum(a, b, c) is in regsh_target.ko, made to be tried on.
# kernels: stock latest stock-6.1 6.1 (before 5.11 a module's functions have no types, and so their parameters no names)
find *_target_s*
info regsh_target_sum
on regsh_target_sum set b=40 as forty
on regsh_target_sum when a > 5 ret=-EPERM as large
! cd /sys/kernel/debug/regsh_target; for a in 1 9; do echo sum $a 2 3 >call; cat result; done
expect output == "44\n-1"
list
disarm forty
save --force /tmp/regsh-session.rsh
detach all
! cat /tmp/regsh-session.rsh; rm /tmp/regsh-session.rsh
