# SPDX-License-Identifier: Apache-2.0
# Rules of every kind of clause are taken by this kernel with its own override function, alone and together.
on regsh_target_sum set a=b+c, b=~a c=a*b-c
on regsh_target_sum set a=(s32)b/-3 b=b%c c=a<<b>>c
on regsh_target_sum set dil=1 dh=b dl=c r12w=a r13d=5 rbx=0x123456789abcdef0
on regsh_target_sum when a > 5 && b < -3 || !(c == 7) ? a : b set a=1
on regsh_target_sum when comm == "a" || comm != "b" || comm ~ "*c?d*" ret=a?-EIO:0
on regsh_target_sum when pid == 1 && tid == 2 && uid == 3 && gid == 4 && cpu == 5 && time > 6 && hits > 7 && cgroup == 8 ret=0
on regsh_target_sum pid 1, 2, 3 tid 4 uid 5 comm "sh" cgroup / caller regsh_target_outer ret=0
on regsh_target_sum skip 1 every 2 limit 3 chance 4.5% for 1h ret=0
on regsh_target_sum when u8[a] + u16[a] + u32[a] + u64[a] + s8[a] + s16[a] + s32[a] + s64[a] == 0 ret=0
on regsh_target_sum when user u8[a] + user s32[b+4] == 0 ret=0
on regsh_target_sum when str(a) == "a long string of more than sixteen bytes" && user str(b) != "" ret=0
on regsh_target_sum log a, b, c, comm, str(a), user str(b), u32[a], pid, rax set a=1
on regsh_target_sum write u8[a]=1 write u16[a]=2 write u32[a]=3 write u64[a]=4 write user u32[b]=5 ret=0
on regsh_target_struct when req->next->next->id == 7 && req->name.len > 3 && req->sizes[1] < 0 write req->ready=1 ret=0
on regsh_target_struct write req->balance=-3 write req->kind=1 write req->word=5 write req->value.bytes[2]=req->priority ret=0
on regsh_target_sum goto regsh_target_other
on regsh_target_sum set a=1 b=2 goto regsh_target_two force
on regsh_target_sum signal USR1 ret=0
after regsh_target_sum when ret > 0 && a > 1 && arg1 < 5 && c != 3 log ret, a, b ret=ret+a
after regsh_target_s32 when ret < 0 ret=-ret
after regsh_target_find when ret == 0 || ret->id == 7 log ret
after regsh_target_sum caller regsh_target_outer skip 1 limit 5 log
dry on regsh_target_sum set a=1 b=2 ret=3 log a write u32[a]=5
dry after regsh_target_sum ret=1
dry on regsh_target_sum goto regsh_target_other signal KILL
on regsh_target_sum+0 set rdi=1 as named_rule
on regsh_target_s?? when arg0 == 77 log
on regsh_target_narrow set a=-1 b=255 c=-1 d=65535
on regsh_target_flag set on=1
on regsh_target_sum set $a=1 rsi=2 force
expect rules == 30
detach all
expect rules == 0
