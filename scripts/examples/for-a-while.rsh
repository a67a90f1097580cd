# SPDX-License-Identifier: Apache-2.0
# A rule that ends by itself, whatever becomes of the shell. Needs regsh_target.ko.
on regsh_target_sum ret=77 for 3s as brief
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "77"
sleep 4s
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "6"
list
