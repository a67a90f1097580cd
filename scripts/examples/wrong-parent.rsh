# SPDX-License-Identifier: Apache-2.0
# A system call answers what we like: who is my parent?
after __x64_sys_getppid comm "sh" ret=4242 as parent
! sh -c 'echo $PPID'
expect output == "4242"
expect fired parent >= 1
detach parent

! sh -c 'echo $PPID'
expect output != "4242"
