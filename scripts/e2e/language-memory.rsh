# SPDX-License-Identifier: Apache-2.0
# Writes to kernel memory by field: bit-fields keep their neighbours.
! cd /sys/kernel/debug/regsh_target && echo "struct 5 2 3" > call && cat result
expect output == "10222"
on regsh_target_struct when req->id == 5 write req->priority=20 write req->sizes[2]=1000 write req->name.len=0 as fields
! cd /sys/kernel/debug/regsh_target && echo "struct 5 2 3" > call && cat result
expect output == "13015"
! cd /sys/kernel/debug/regsh_target && echo "struct 4 2 3" > call && cat result
expect output == "10221"
expect fired fields == 1
detach fields
