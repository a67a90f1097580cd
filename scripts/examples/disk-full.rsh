# SPDX-License-Identifier: Apache-2.0
# The disk is full at the third write, and only then: vfs_write does not run, its caller sees -ENOSPC.
on vfs_write comm "dd" skip 2 limit 1 ret=-ENOSPC as full
! dd if=/dev/zero of=/tmp/regsh-file bs=1K count=10
expect status == 1
expect output ~ "*No space left on device*"
expect fired full == 1
! stat -c %s /tmp/regsh-file
expect output == "2048"
detach full

! dd if=/dev/zero of=/tmp/regsh-file bs=1K count=10 2>/dev/null && stat -c %s /tmp/regsh-file; rm -f /tmp/regsh-file
expect output == "10240"
