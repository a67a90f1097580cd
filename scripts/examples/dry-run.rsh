# SPDX-License-Identifier: Apache-2.0
# First see whom a rule would hit, then let it: a dry rule counts and logs, and changes nothing.
! echo text >/tmp/regsh-file
dry on security_file_open when str(file->f_path.dentry->d_name.name) == "regsh-file" ret=-EIO as would
! cat /tmp/regsh-file
expect output == "text"
expect fired would == 1
detach would

on security_file_open when str(file->f_path.dentry->d_name.name) == "regsh-file" ret=-EIO as does
! cat /tmp/regsh-file
expect output ~ "*Input/output error*"
detach does
! rm /tmp/regsh-file
