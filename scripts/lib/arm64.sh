# SPDX-License-Identifier: Apache-2.0
# The guest's userland and regsh for arm64, made on an x86-64 machine without running anything of them, but for Java's own start.
# shellcheck shell=bash disable=SC2154

# What regsh's native parts are linked with; the C library comes with the cross compiler.
cross_packages=(libbpf-dev libbpf1 libelf-dev libelf1 zlib1g-dev zlib1g)

# cross_environment: compilers and libraries of arm64, for every Makefile from here on.
cross_environment() {
    local key
    need gcc-aarch64-linux-gnu g++-aarch64-linux-gnu libc6-dev-arm64-cross
    key=$(printf '%s ' "${cross_packages[@]}" 2 | sha256sum | cut -c1-16)
    cross_root=$cache/guest/cross-arm64-$key
    [ -d "$cross_root" ] || locked guest-cross-arm64 make_cross_root || exit 1
    export CROSS_COMPILE=aarch64-linux-gnu- CC=aarch64-linux-gnu-gcc CXX=aarch64-linux-gnu-g++
    export CFLAGS="-idirafter $cross_root/usr/include"
    export LDFLAGS="-L$cross_root/usr/lib/aarch64-linux-gnu -Wl,-rpath-link,$cross_root/usr/lib/aarch64-linux-gnu"
}

make_cross_root() {
    [ ! -d "$cross_root" ] || return 0
    say "fetching the libraries that regsh is linked with on arm64"
    apt_root_of arm64
    mkdir -p "$cache/guest"
    rm -rf "$cross_root.new"
    apt_unpack "$cross_root.new" "${cross_packages[@]/%//bookworm}"
    # Some packages' files are for /lib, which is /usr/lib where it is installed; links to there are absolute.
    cp -a "$cross_root.new/lib/." "$cross_root.new/usr/lib/"
    ln -sf libz.so.1 "$cross_root.new/usr/lib/aarch64-linux-gnu/libz.so"
    mv "$cross_root.new" "$cross_root"
}

# make_arm64_base BASE FOREIGN: what packages set up when they are installed (users, alternatives, configuration) is the same on
# every architecture. So a userland of this machine's, BASE, gets the files of its packages exchanged for arm64's.
make_arm64_base() {
    local base=$1 out=$2 package deb file packages=()
    [ ! -f "$out.squashfs" ] || return 0
    say "making the userland of arm64 (once; about two minutes)"
    apt_root_of arm64
    rm -rf "$out"
    mkdir -p "$out/debs"
    tar -C "$base" --exclude ./opt/regsh -cf - . | tar -C "$out" -xf -
    mapfile -t packages < <(dpkg-query --admindir="$out/var/lib/dpkg" -W -f '${Package} ${Architecture}\n' | sed -n 's/ amd64$//p')
    for package in "${packages[@]}"; do
        cat "$out/var/lib/dpkg/info/$package".list 2>/dev/null || cat "$out/var/lib/dpkg/info/$package:amd64.list"
    done | sort -u | while read -r file; do [ -d "$out$file" ] || rm -f "$out$file"; done
    rm -f "$out/etc/ld.so.cache" "$out/lib64"
    (cd "$out/debs" && apt-get "${apt_options[@]}" download "${packages[@]/%//bookworm}" >&2) || die "not all of the userland is there for arm64"
    for deb in "$out"/debs/*.deb; do
        # Links such as /lib stay links. Documentation is left out here as it is there.
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$out" --keep-directory-symlink \
            --exclude './usr/share/doc/*' --exclude './usr/share/locale/*' --exclude './usr/share/man/*'
    done
    rm -r "$out/debs"
    arm64_java "$out"
    squash "$out" "$out.squashfs.new"
    mv "$out.squashfs.new" "$out.squashfs"
    rm -rf "$out"
}

# arm64_java ROOT: jlink puts a runtime together from any machine's modules; its archive of classes only that machine's Java makes.
arm64_java() {
    local root=$1 work jdk
    work=$(mktemp -d)
    apt_unpack "$work/jdk" openjdk-17-jdk-headless/bookworm openjdk-17-jre-headless/bookworm
    apt_unpack "$work/qemu" qemu-user-static:amd64/bookworm
    jdk=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    say "linking a small Java runtime for arm64"
    mkdir -p "$root/opt/regsh"
    "$jdk/bin/jlink" --module-path "$work"/jdk/usr/lib/jvm/java-17-openjdk-arm64/jmods --add-modules "$java_modules" \
        --strip-java-debug-attributes --no-header-files --no-man-pages --output "$root/opt/regsh/jre"
    "$work/qemu/usr/bin/qemu-aarch64-static" -L "$root" "$root/opt/regsh/jre/bin/java" -XX:+UseSerialGC -Xshare:dump >/dev/null ||
        die "the Java runtime for arm64 does not run"
    rm -rf "$work"
    # A link that whoever reads this machine's files would follow to this machine's.
    ln -sf ../../opt/regsh/bin/regsh "$root/usr/bin/regsh"
}

# arm64_native FOLDER: exchanges what of regsh in FOLDER is machine code.
arm64_native() {
    local lib=$1/lib
    rm -f "$lib"/*.so "$lib"/regsh-{hold,watchdog} "$1/bin/override-args" "$lib/regsh.jsa"
    CFLAGS="$CFLAGS $LDFLAGS" make -s -C "$top/native/src/main/c" OUT="$lib" >&2 || die "native does not build for arm64"
    from_jar "$lib"/jna-*.jar com/sun/jna/linux-aarch64/libjnidispatch.so "$lib"
    from_jar "$lib"/jline-*.jar org/jline/nativ/Linux/arm64/libjlinenative.so "$lib"
}

from_jar() { python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "$1" "$2" >"$3/${2##*/}"; }

# registers_of_arm64 FILE...: the cases and examples name registers of x86-64; here those that carry the same thing take their place.
# The scripts of the case `language` are translated by itself (lib.sh): they are about registers.
registers_of_arm64() {
    local file
    for file; do
        case ${file##*/} in language* | lib.sh) continue ;; esac
        [ ! -f "$file" ] || ! grep -qI . "$file" ||
            sed -i -E 's/\brdi\b/x0/g; s/\bedi\b/w0/g; s/\brsi\b/x1/g; s/\brax\b/x0/g; s/\brdx\b/x1/g; s/\brsp\b/sp/g; s/\brbx\b/x19/g' "$file"
    done
}
