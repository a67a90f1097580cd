# SPDX-License-Identifier: Apache-2.0
# A real btrfs image cannot be mounted while the kernel is told that memory is short, and can be afterwards.
# What the kernel's samples/bpf/tracex7 shows with bpf_override_return, here on any kernel regsh works on.
! set -e; image=$(mktemp); truncate -s 128M "$image"; mkfs.btrfs -q "$image"; mkdir -p /run/regsh-mount; ln -sf "$image" /run/regsh-image
expect status == 0
! modprobe btrfs 2>/dev/null; true

on open_ctree ret=-12 as nomem
! mount -o loop "$(readlink /run/regsh-image)" /run/regsh-mount
expect status != 0
expect output ~ "*Cannot allocate memory*"
expect hits nomem == 1
list
detach nomem

# open_ctree was to close the device again that its caller has opened; skipped, it leaves it open, of which btrfs warns when it is
# unloaded. A function that it calls leaves the cleaning up to it; older kernels then give EINVAL.
on btrfs_read_chunk_tree ret=-12 as chunks
! mount -o loop "$(readlink /run/regsh-image)" /run/regsh-mount
expect status != 0
expect hits chunks == 1
detach chunks

! mount -o loop "$(readlink /run/regsh-image)" /run/regsh-mount && echo mounted
expect status == 0
expect output == "mounted"
! umount /run/regsh-mount; rm -f "$(readlink /run/regsh-image)" /run/regsh-image; rmdir /run/regsh-mount
