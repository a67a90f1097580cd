# SPDX-License-Identifier: Apache-2.0
# What the guest boots from: three read-only squashfs layers under one writable overlay, and a small initramfs.
#   base     Debian userland and the Java runtime; made once per package list
#   kernel   the modules of one kernel, regs_override and regsh_target among them
#   product  regsh itself, its archive trained on the guest's own runtime, the guest's init, programs to be probed
# shellcheck shell=bash disable=SC2154
# shellcheck source-path=SCRIPTDIR source=types.sh
. "$top/scripts/lib/types.sh"

guest_packages=(bash bpftool bsdextrautils btrfs-progs coreutils e2fsprogs findutils gawk grep iproute2 kmod libbpf1 libelf1
    mount nginx-light openssh-client openssh-server procps psmisc python3 redis-server sed socat strace tar tmux util-linux zlib1g)
java_modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.sql,java.xml,jdk.unsupported,jdk.zipfs

squash() { mksquashfs "$1" "$2" -noappend -quiet -no-progress -no-fragments -noI -noD -noX >&2; }

base_image() {
    local key
    key=$(printf '%s ' "${guest_packages[@]}" "$java_modules" 2 "$(java -version 2>&1)" | sha256sum | cut -c1-16)
    base=$cache/guest/base-$key
    [ -f "$base.squashfs" ] || locked guest make_base || exit 1
    [ "$arch" = arm64 ] || return 0
    local foreign=$cache/guest/arm64-base-1-$key
    [ -f "$foreign.squashfs" ] || locked guest-arm64 make_arm64_base "$base" "$foreign" || exit 1
    base=$foreign
}

make_base() {
    [ ! -f "$base.squashfs" ] || return 0
    local mirror jdk include
    need mmdebstrap squashfs-tools
    mirror=$(mirror_of '/debian/?$')
    jdk=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    mkdir -p "$cache/guest"
    rm -rf "$base"
    say "making the guest's userland (once; about two minutes)"
    include=$(IFS=,; echo "${guest_packages[*]}")
    mmdebstrap --quiet --variant=minbase --include="$include" --aptopt='APT::Sandbox::User "root"' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/man/*' bookworm "$base" "$mirror" >&2
    say "linking a small Java runtime"
    mkdir -p "$base/opt/regsh"
    "$jdk/bin/jlink" --add-modules "$java_modules" --strip-debug --no-header-files --no-man-pages \
        --output "$base/opt/regsh/jre"
    "$base/opt/regsh/jre/bin/java" -XX:+UseSerialGC -Xshare:dump >/dev/null
    ln -sf ../../opt/regsh/bin/regsh "$base/usr/bin/regsh"
    rm -rf "$base"/var/cache/apt/* "$base"/var/lib/apt/lists/*
    squash "$base" "$base.squashfs.new"
    mv "$base.squashfs.new" "$base.squashfs"
}

# kernel_image KERNEL: the modules, ours built against that kernel's headers.
kernel_image() {
    local kernel=$1 headers modules key name=$1
    [ "$arch" = amd64 ] || name=$kernel-$arch
    headers=$("$top/scripts/kernel" headers "$kernel" --arch "$arch" | tail -n 1)
    modules=$("$top/scripts/kernel" modules "$kernel" --arch "$arch" | tail -n 1)
    kernel_file=$("$top/scripts/kernel" path "$kernel" --arch "$arch" | tail -n 1)
    key=$(hash_of "$top"/kernel-patch/module "$top"/kernel-patch/target "$top/scripts/lib/guest/initramfs-init" \
        "$top/scripts/lib/image.sh" "$top/scripts/lib/types.sh" "$kernel_file")
    kernel_base=$cache/guest/kernel-$name-$key
    [ -f "$kernel_base.squashfs" ] || locked "guest-$name" make_kernel_image "$headers" "$modules"
}

make_kernel_image() {
    [ ! -f "$kernel_base.squashfs" ] || return 0
    local headers=$1 modules=$2 release=${2##*/} work out part file
    need busybox-static cpio squashfs-tools xz-utils kmod make gcc pahole libelf-dev libssl-dev
    work=$(mktemp -d)
    out=$work/root/lib/modules/$release
    mkdir -p "$out/updates"
    cp -a "$modules"/. "$out"
    rm -f "$out"/{build,source,vmlinuz,System.map,config}
    for part in module target; do
        # Patched kernels have the helper; the module is for those without, and for one that finds errors in it.
        case $part:$kernel in module:5.10 | module:6.1) continue ;; esac
        say "building kernel-patch/$part for $release"
        cp -r "$top/kernel-patch/$part" "$work/$part"
        make -s -C "$work/$part" KDIR="$headers" >"$work/$part.log" 2>&1 ||
            { tail -30 "$work/$part.log" >&2; rm -rf "$work"; die "kernel-patch/$part does not build for $release"; }
        ! grep -iE 'warning' "$work/$part.log" >&2 || say "kernel-patch/$part built with warnings"
        # Rules name parameters of its functions.
        [ "$part" = module ] || for file in "$work/$part"/*.ko; do
            add_types "$headers" "$kernel_file" "$file" || die "no types for ${file##*/} of $release"
        done
        cp "$work/$part"/*.ko "$out/updates/"
    done
    depmod -b "$work/root" "$release"
    make_initramfs "$work" "$out"
    mkdir -p "$cache/guest"
    mv "$work/root/lib" "$work/root/usr-lib" && mkdir -p "$work/root/usr" && mv "$work/root/usr-lib" "$work/root/usr/lib"
    squash "$work/root" "$kernel_base.squashfs.new"
    mv "$work/initramfs" "$kernel_base.initramfs"
    mv "$kernel_base.squashfs.new" "$kernel_base.squashfs"
    rm -rf "$work"
}

# Only what mounting the layers needs; a kernel that has it built in brings no files.
make_initramfs() {
    local work=$1 modules=$2 root=$1/init name file
    mkdir -p "$root"/{bin,proc,sys,dev,layer,modules}
    busybox_of "$root/bin"
    cp "$top/scripts/lib/guest/initramfs-init" "$root/init"
    : >"$root/modules/order"
    for name in virtio_pci virtio_blk virtio_console squashfs overlay virtio_net virtio_rng; do
        modprobe -d "$work/root" -S "${modules##*/}" --show-depends "$name" 2>/dev/null |
            sed -n 's/^insmod //p' | while read -r file _; do
            file=${file%% *}
            name=$(basename "${file%.xz}")
            grep -qx "$name" "$root/modules/order" && continue
            case $file in *.xz) xz -dc "$file" >"$root/modules/$name" ;; *) cp "$file" "$root/modules/$name" ;; esac
            echo "$name" >>"$root/modules/order"
        done
    done
    (cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$work/initramfs"
}

busybox_of() {
    local work
    if [ "$arch" = amd64 ]; then cp /bin/busybox "$1/" && return; fi
    work=$(mktemp -d)
    apt_root_of "$arch"
    apt_unpack "$work" busybox-static/bookworm
    cp "$work/bin/busybox" "$1/"
    rm -rf "$work"
}

product_image() {
    local built=$top/shell/target/regsh key
    key=$(hash_of "$built" "$top/scripts/lib/guest" "$top/scripts/lib/image.sh" "$top/scripts/e2e/user")
    if [ "$arch" = arm64 ]; then
        cross_environment
        key=arm64-$(hash_of "$built" "$top/scripts/lib/guest" "$top/scripts/lib/arm64.sh" "$top/scripts/e2e/user" "$top/native/src/main/c")
    fi
    product=$cache/guest/product-$key-${base##*-}
    [ -f "$product.squashfs" ] || locked "guest${CROSS_COMPILE:+-$arch}" make_product "$built"
}

make_product() {
    [ ! -f "$product.squashfs" ] || return 0
    local built=$1 work
    work=$(mktemp -d)
    mkdir -p "$work/root/opt/regsh" "$work/root/usr/lib/regsh"
    cp "$top/scripts/lib/guest/start" "$work/root/usr/lib/regsh/start"
    make -s -C "$top/scripts/e2e/user" OUT="$work/root/usr/lib/regsh/user" >&2
    [ ! -d "$built" ] || cp -a "$built"/. "$work/root/opt/regsh/"
    if [ "$arch" = arm64 ]; then
        arm64_native "$work/root/opt/regsh"
    elif [ -x "$work/root/opt/regsh/bin/regsh-train" ]; then
        say "training the class archive on the guest's runtime"
        # Its own mount namespace: the overlay is gone with the shell that made it.
        mkdir -p "$work/over" "$work/merged"
        unshare -m bash -c '
            set -e
            mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/root,workdir=$2/over" "$2/merged"
            mount -t proc proc "$2/merged/proc"
            mount --bind /sys "$2/merged/sys"
            mount --bind /dev "$2/merged/dev"
            rm -f "$2/merged/opt/regsh/lib/regsh.jsa"
            chroot "$2/merged" /opt/regsh/bin/regsh-train' - "$base" "$work" >&2
    fi
    squash "$work/root" "$product.squashfs.new"
    mv "$product.squashfs.new" "$product.squashfs"
    rm -rf "$work"
    # Old products are of no use to anybody.
    find "$cache/guest" -name 'product-*' -mtime +2 -delete
}
