# SPDX-License-Identifier: Apache-2.0
# A result in memory of the caller: its address is the first argument.
! mkdir -p /tmp/abi
! printf '#!/bin/sh\ncd /sys/kernel/debug/regsh_target && echo "$*" >call && cat result\n' >/tmp/abi/target && chmod +x /tmp/abi/target
on regsh_target_large set a=100 as r
! /tmp/abi/target large 1 2
expect output == "102002100"
detach r
on regsh_target_large when a == 1 && arg1 == 2 set b=7 as r
! /tmp/abi/target large 1 2
expect output == "8007001"
detach r
after regsh_target_large when a == 1 && ret.third == 3 write ret.second=50 as r
! /tmp/abi/target large 1 2
expect output == "3050001"
detach r
on regsh_target_large write u64[rdi]=7 write u64[rdi+8]=8 write u64[rdi+16]=9 ret=rdi force as r
! /tmp/abi/target large 1 2
expect output == "9008007"
detach r
on regsh_target_large_six when u64[rsp+8] == 6 set e=0 write u64[rsp+8]=1 as r
! /tmp/abi/target large_six 1 2 3 4 5 6
expect output == "10043021"
detach r
! rm -r /tmp/abi
