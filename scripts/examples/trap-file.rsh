# SPDX-License-Identifier: Apache-2.0
# Whoever opens a file is killed on the spot: to find out who it is, and what breaks then.
! echo bait >/tmp/regsh-trap
on security_file_open when str(file->f_path.dentry->d_name.name) == "regsh-trap" signal KILL log comm, pid as trap
! cat /tmp/regsh-trap; echo "ended with $?"
expect output ~ "*ended with 137"
expect fired trap >= 1
detach trap
! cat /tmp/regsh-trap; rm /tmp/regsh-trap
expect output == "bait"
