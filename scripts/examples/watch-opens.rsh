# SPDX-License-Identifier: Apache-2.0
# Which files does a program open, and how? log alone changes nothing.
! echo text >/tmp/regsh-file
on security_file_open comm "cat" log str(file->f_path.dentry->d_name.name), file->f_flags as opens
! cat /tmp/regsh-file
expect fired opens >= 2
detach opens
! rm /tmp/regsh-file
