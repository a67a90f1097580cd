# SPDX-License-Identifier: Apache-2.0
# After a return, callers, another function instead, signals, dry runs.
after regsh_target_sum when ret > 0 && arg0 == 1 ret=ret*100+arg1 as after_sum
! cd /sys/kernel/debug/regsh_target && { echo "sum 1 2 3" > call; cat result; echo "sum 2 2 3" > call; cat result; } | xargs
expect output == "602 7"
expect fired after_sum == 1
detach after_sum

on regsh_target_inner caller regsh_target_side ret=7 as immediate
on regsh_target_inner caller regsh_target_outer ret=9 as deeper
! cd /sys/kernel/debug/regsh_target && for f in side outer inner middle; do echo "$f 5" > call; cat result; done | xargs
expect output == "1007 119 10 20"
expect hits immediate == 1
expect hits deeper == 1
detach all
after regsh_target_inner caller regsh_target_outer ret=9 as after_caller
! cd /sys/kernel/debug/regsh_target && for f in side outer inner middle; do echo "$f 5" > call; cat result; done | xargs
expect output == "1010 119 10 20"
detach after_caller

on regsh_target_sum goto regsh_target_other as elsewhere
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "123"
detach elsewhere
on regsh_target_sum set arg0=5 goto regsh_target_other as with_argument
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "523"
expect errors with_argument == 0
detach with_argument

on regsh_target_sleep when comm == "victim" signal KILL as kill
! cp "$(command -v bash)" /tmp/victim; cd /sys/kernel/debug/regsh_target; /tmp/victim -c 'echo "sleep 10" > call; echo alive'; echo "status $?"
expect output ~ "*status 137*"
detach kill

dry on regsh_target_sum set arg1=77 ret=5 log comm, arg0 as trial
! cd /sys/kernel/debug/regsh_target && echo "sum 1 2 3" > call && cat result
expect output == "6"
expect fired trial == 1
detach trial
