# SPDX-License-Identifier: Apache-2.0
# Arguments and results of every class that the calling convention knows: a rule finds and sets each where the compiler has it.
# kernel-patch/target/README.md says what each call gives without rules.
! mkdir -p /tmp/abi
! printf '#!/bin/sh\ncd /sys/kernel/debug/regsh_target && echo "$*" >call && cat result\n' >/tmp/abi/target && chmod +x /tmp/abi/target
! for c in 'large 1 2' 'large_six 1 2 3 4 5 6' 'pair 1 2 3 4' 'id 5 2' 'wide 1 2 3 4'; do /tmp/abi/target $c; done | xargs
expect output == "3002001 65043021 34021 25 7003"
! for c in 'spill 1 1 2 3' 'by_value 1 2 3 4' 'packed 1 2 3' 'nothing 4' 'mixed 1 2 3'; do /tmp/abi/target $c; done | xargs
expect output == "32115 4321 321 5 321"
! for c in 'parts 1 2 3 4 5 6' 'words 1 2 3 4' 'flexible 1 2' 'truth 1 1'; do /tmp/abi/target $c; done | xargs
expect output == "605041321 4321 21 0"

# Two registers.
on regsh_target_pair when p.x == 2 && p.y == 3 set b=9 rsi=5 as r
! /tmp/abi/target pair 1 2 3 4
expect output == "39051"
detach r
on regsh_target_pair ret=7 set rdx=8 as r
! /tmp/abi/target pair 1 2 3 4
expect output == "8007"
detach r
after regsh_target_pair when ret.y == 34 && p.y == 3 set rdx=8 as r
! /tmp/abi/target pair 1 2 3 4
expect output == "8021"
detach r
after regsh_target_pair ret=ret.x + 1 as r
! /tmp/abi/target pair 1 2 3 4
expect output == "34022"
detach r
on regsh_target_wide set a=10 rsi=0 b=0 as r
! /tmp/abi/target wide 1 2 3 4
expect output == "3010"
detach r
on regsh_target_wide ret=5 set rdx=6 as r
! /tmp/abi/target wide 1 2 3 4
expect output == "6005"
detach r

# One register: the struct is a number of its size, and has fields.
on regsh_target_id when id.val == 5 set id=id + 1 by=0 as r
! /tmp/abi/target id 5 2
expect output == "6"
detach r
on regsh_target_id when by == 2 ret=9 as r
! /tmp/abi/target id 5 2
expect output == "9"
detach r
after regsh_target_id when ret.val == 25 && id == 5 ret=30 as r
! /tmp/abi/target id 5 2
expect output == "30"
detach r
on regsh_target_mixed when m.bits == 1 && m.n == 2 set m=0x500000001 a=4 as r
! /tmp/abi/target mixed 1 2 3
expect output == "451"
detach r
on regsh_target_parts when p.a[1] == 2 && p.on && p.rest == 4 && p.last == 5 set a=0 as r
! /tmp/abi/target parts 1 2 3 4 5 6
expect output == "5041321"
detach r
on regsh_target_flexible set f=5 a=3 as r
! /tmp/abi/target flexible 1 2
expect output == "35"
detach r

# On the stack, and what comes behind it.
on regsh_target_spill set f=0 e=0 write u64[rsp+8]=0 as r
! /tmp/abi/target spill 1 1 2 3
expect output == "2010"
detach r
on regsh_target_by_value when s.third == 3 set a=9 write s.second=9 as r
! /tmp/abi/target by_value 1 2 3 4
expect output == "9391"
detach r
on regsh_target_packed when p.small == 1 && p.large == 2 set a=5 as r
! /tmp/abi/target packed 1 2 3
expect output == "521"
detach r
on regsh_target_words when u.word[1] == 3 && u.text[0] == 2 set rsi=0 b=0 as r
! /tmp/abi/target words 1 2 3 4
expect output == "301"
detach r
on regsh_target_nothing set a=9 as r
! /tmp/abi/target nothing 4
expect output == "10"
detach r

# What is not 0 is true.
on regsh_target_truth set a=b + 256 as r
! /tmp/abi/target truth 0 0
expect output == "1"
detach r
! rm -r /tmp/abi
