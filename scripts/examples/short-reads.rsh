# SPDX-License-Identifier: Apache-2.0
# Does a program cope with short reads? More than 1000 bytes at a time are not to be had: cat asks again, dd takes what it gets.
! head -c 100000 /dev/zero >/tmp/regsh-file
on vfs_read when (comm == "cat" || comm == "dd") && count > 1000 set count=1000 as short
! cat /tmp/regsh-file | wc -c
expect output == "100000"
expect fired short >= 100
! dd if=/tmp/regsh-file bs=64K count=1 2>/dev/null | wc -c
expect output == "1000"
detach short

! dd if=/tmp/regsh-file bs=64K count=1 2>/dev/null | wc -c; rm /tmp/regsh-file
expect output == "65536"
