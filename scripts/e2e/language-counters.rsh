# SPDX-License-Identifier: Apache-2.0
# Counters are exact under four threads on two CPUs: two stress runs at once, each with a thread a CPU.
on regsh_target_count limit 1000 set rdi=0 as limited
! cd /sys/kernel/debug/regsh_target; for i in 1 2; do (echo "stress 2500 count 1" > call) & done; wait
expect hits limited == 10000
expect fired limited == 1000
detach limited

# 9900 hits after the first 100: every 7th of them, the first included.
on regsh_target_count skip 100 every 7 set rdi=0 as paced
! cd /sys/kernel/debug/regsh_target; for i in 1 2; do (echo "stress 2500 count 1" > call) & done; wait
expect hits paced == 10000
expect fired paced == 1415
detach paced

# Numbers that no 32 bits hold, and a limit of which no kernel would keep a token each.
on regsh_target_count skip 5000000000 set rdi=0 as far
on regsh_target_count every 5000000000 set rdi=0 as rare
on regsh_target_count limit 5000 set rdi=0 as many
on regsh_target_count limit 1000000000000 set rdi=1 as endless
! cd /sys/kernel/debug/regsh_target; for i in 1 2; do (echo "stress 2500 count 1" > call) & done; wait
expect hits far == 10000 && fired far == 0
expect hits rare == 10000 && fired rare == 1
expect hits many == 10000 && fired many == 5000
expect hits endless == 10000 && fired endless == 10000
detach far; detach rare; detach many; detach endless

# A task of a cgroup, one of a cgroup below it, one outside.
! mkdir -p /sys/fs/cgroup/regsh-e2e/below
on regsh_target_count cgroup /regsh-e2e set rdi=0 as inside
! cd /sys/kernel/debug/regsh_target; sh -c 'echo $$ >/sys/fs/cgroup/regsh-e2e/cgroup.procs; echo "count 1" >call; cat result'
expect output == "0"
! cd /sys/kernel/debug/regsh_target; sh -c 'echo $$ >/sys/fs/cgroup/regsh-e2e/below/cgroup.procs; echo "count 1" >call; cat result'
expect output == "0"
! cd /sys/kernel/debug/regsh_target; echo "count 1" >call; cat result
expect output == "1"
expect hits inside == 2
detach inside
! rmdir /sys/fs/cgroup/regsh-e2e/below /sys/fs/cgroup/regsh-e2e

# Binomial: 1000 of 10000, four deviations of 30 each way.
on regsh_target_count chance 10% set rdi=0 as lucky
! cd /sys/kernel/debug/regsh_target; for i in 1 2; do (echo "stress 2500 count 1" > call) & done; wait
expect hits lucky == 10000
expect fired lucky > 880 && fired lucky < 1120
detach lucky

on regsh_target_count for 1s set rdi=0 as short
sleep 1500ms
! cd /sys/kernel/debug/regsh_target; echo "stress 10 count 1" > call
expect hits short == 0
expect rules == 0
detach short

# An action that fails uses up nothing of the limit, and no more than the limit ever fires: half of the calls read address 8.
on regsh_target_two limit 100 ret=(u64[rdi == 1 ? 8 : rsp] & 0) | 5 as failing
! cd /sys/kernel/debug/regsh_target; for i in 1 2 3; do echo "two 1 1" > call; done
expect hits failing == 3 && errors failing == 3 && fired failing == 0
! cd /sys/kernel/debug/regsh_target; for i in 1 2; do (echo "stress 300 two $i 1" > call) & done; wait
expect fired failing == 100
expect errors failing >= 3
detach failing

on regsh_target_count every 3 skip 2 limit 2 set rdi=0 as order
! cd /sys/kernel/debug/regsh_target; for i in 1 2 3 4 5 6 7 8 9 10; do echo "count 1" > call; done
expect hits order == 10
expect fired order == 2
detach order
