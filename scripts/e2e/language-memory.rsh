# SPDX-License-Identifier: Apache-2.0
# Writes to kernel memory by field and by address: bit-fields keep their neighbours, a bad address is counted.
! cd /sys/kernel/debug/regsh_target && echo "struct 5 2 3" > call && cat result
expect output == "10222"
on regsh_target_struct when req->id == 5 write req->priority=20 write req->sizes[2]=1000 write req->name.len=0 as fields
! cd /sys/kernel/debug/regsh_target && echo "struct 5 2 3" > call && cat result
expect output == "13015"
! cd /sys/kernel/debug/regsh_target && echo "struct 4 2 3" > call && cat result
expect output == "10221"
expect fired fields == 1
detach fields

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
