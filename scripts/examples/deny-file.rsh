# SPDX-License-Identifier: Apache-2.0
# One file cannot be opened, by name, not even by root. Fields follow the running kernel's own types.
! echo treasure >/tmp/regsh-secret
on security_file_open when str(file->f_path.dentry->d_name.name) == "regsh-secret" ret=-EACCES as deny
! cat /tmp/regsh-secret
expect status == 1
expect output ~ "*Permission denied*"
! cat /etc/hostname >/dev/null
expect status == 0
expect fired deny == 1
detach deny

! cat /tmp/regsh-secret; rm /tmp/regsh-secret
expect output == "treasure"
