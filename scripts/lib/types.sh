# SPDX-License-Identifier: Apache-2.0
# Types (BTF) of modules for kernels whose headers come without vmlinux, from which Kbuild would make them: the kernel's own image
# has its types too.
# shellcheck shell=bash disable=SC2154

# offsets FILE BYTES: where they stand in it, as grep -P writes them
offsets() { LC_ALL=C grep -obUaP "$2" "$1" | cut -d: -f1; }

# kernel_types IMAGE OUT: the raw BTF of a kernel image, however its content is compressed.
kernel_types() {
    local image=$1 out=$2 plain=$2.plain magic offset unpack size
    while read -r magic unpack; do
        for offset in $(offsets "$image" "$magic" | head -n 8); do
            # What follows the content is none of it, and the tools say so.
            # shellcheck disable=SC2086
            tail -c +$((offset + 1)) "$image" | $unpack >"$plain" 2>/dev/null || true
            # struct btf_header: magic, version 1, no flags, a header of 24 bytes; then where the strings are and how long.
            offset=$(offsets "$plain" '\x9f\xeb\x01\x00\x18\x00\x00\x00\x00\x00\x00\x00' | head -n 1)
            [ -n "$offset" ] || continue
            size=$(od -A n -t u4 -j $((offset + 16)) -N 8 "$plain" | awk '{ print 24 + $1 + $2 }')
            tail -c +$((offset + 1)) "$plain" | head -c "$size" >"$out" || true
            rm -f "$plain"
            return 0
        done
    done <<'M'
\x02\x21\x4c\x18 lz4 -dc
\x28\xb5\x2f\xfd zstd -dc
\xfd7zXZ\x00 xz -dc
\x1f\x8b\x08 gzip -dc
^. cat
M
    rm -f "$plain"
    return 1
}

# add_types HEADERS IMAGE MODULE: gives a module its types, where the kernel takes some and the headers could not give them.
add_types() {
    local headers=$1 image=$2 module=$3 objcopy=objcopy
    [ ! -f "$headers/vmlinux" ] && grep -qs '^CONFIG_DEBUG_INFO_BTF_MODULES=y' "$headers/include/config/auto.conf" || return 0
    need lz4 zstd xz-utils pahole
    kernel_types "$image" "$module.types" || { say "$image has no types"; return 1; }
    # The machine's own objcopy knows no other machine's files.
    [ "$arch" = amd64 ] || objcopy=aarch64-linux-gnu-objcopy
    LLVM_OBJCOPY=$objcopy pahole -J --btf_base "$module.types" "$module"
    rm "$module.types"
}
