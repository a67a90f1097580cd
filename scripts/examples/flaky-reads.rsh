# SPDX-License-Identifier: Apache-2.0
# Reads fail now and then: each with a chance of one in two, after the read was done.
! head -c 4096 /dev/zero >/tmp/regsh-file
after vfs_read comm "dd" when ret == 4096 chance 50% ret=-EIO as flaky
# Not through a pipe: old kernels see few returns of a function at a time, and who waits at a pipe is inside vfs_read.
! for i in $(seq 60); do dd if=/tmp/regsh-file of=/dev/null bs=4096 count=1 2>/dev/null || echo failed; done >/tmp/regsh-failed; grep -c failed /tmp/regsh-failed
expect hits flaky == 60
# Fewer than 10 or more than 50 of 60 happens once in 100 million runs.
expect fired flaky >= 10
expect fired flaky <= 50
detach flaky
! rm /tmp/regsh-file /tmp/regsh-failed
