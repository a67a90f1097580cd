# SPDX-License-Identifier: Apache-2.0
# A function is changed only where a certain other one is among its callers. Needs regsh_target.ko, where outer calls
# middle calls inner, and side calls inner too.
on regsh_target_inner caller regsh_target_outer ret=1000 as inner
! cd /sys/kernel/debug/regsh_target && echo "outer 1" > call && cat result
expect output == "1110"
! cd /sys/kernel/debug/regsh_target && echo "side 1" > call && cat result
expect output == "1002"
expect fired inner == 1
