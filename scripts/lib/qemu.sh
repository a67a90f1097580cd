# SPDX-License-Identifier: Apache-2.0
# How a guest is run on this machine: hardware virtualisation only where a guest has really come up on it.
# shellcheck shell=bash disable=SC2154

# accelerator: sets qemu, the program and where its firmware is, qemu_accel and qemu_machine, for the machine there is.
accelerator() {
    local verdict version boot
    if [ "$arch" = arm64 ]; then
        need qemu-system-arm
        qemu=(qemu-system-aarch64) qemu_machine=(-machine virt) qemu_console=ttyAMA0
        newer_qemu arm
        # Pointer authentication by the architecture's own cipher would be most of what the emulator does.
        qemu_accel=(-accel tcg,thread=single -cpu max,pauth-impdef=on)
        return
    fi
    qemu_machine=(-machine q35) qemu_console=ttyS0
    need qemu-system-x86
    qemu=(qemu-system-x86_64)
    version=$(qemu-system-x86_64 --version | sed -n 's/.*version \([0-9]*\).*/\1/p;q')
    boot=$(cat /proc/sys/kernel/random/boot_id)
    verdict=$cache/kvm-$version-$boot
    if [ ! -f "$verdict" ]; then
        rm -f "$cache"/kvm-*
        if kvm_runs; then echo yes >"$verdict"; else echo no >"$verdict"; fi
    fi
    if [ "$(cat "$verdict")" = yes ]; then
        qemu_accel=(-accel kvm -cpu host)
        return
    fi
    # QEMU 10 takes an eighth less of the processor than Debian 12's 7.2, for processes that come and go a third.
    [ "$version" -ge 10 ] || newer_qemu x86
    # With a thread for each processor a guest takes a fifth more, and two or three guests run side by side; before 10 that also
    # leaves a stale int3 behind after live code patching now and then.
    qemu_accel=(-accel tcg,thread=single -cpu 'max,-cx16')
}

# newer_qemu x86|arm: sets qemu to that of bookworm-backports, beside the machine's own, whose package has brought the libraries.
newer_qemu() {
    local folder=$cache/qemu-$1
    if [ ! -d "$folder" ] && ! locked "qemu-$1" fetch_qemu "$1" "$folder"; then
        say "the guests run on this machine's own QEMU, and more slowly"
        return
    fi
    qemu=("$folder/usr/bin/${qemu[0]}" -L "$folder/usr/share/qemu" -L "$folder/usr/share/seabios" -L /usr/share/qemu)
}

fetch_qemu() {
    local part parts=()
    [ ! -d "$2" ] || return 0
    apt_root
    for part in "qemu-system-$1" qemu-system-common qemu-system-data seabios; do parts+=("$part/bookworm-backports"); done
    say "fetching QEMU of bookworm-backports"
    rm -rf "$2.new"
    apt_unpack "$2.new" "${parts[@]}" && mv "$2.new" "$2"
}

# A guest that prints a word and goes, in eight seconds or not at all.
kvm_runs() {
    [ -w /dev/kvm ] || return 1
    local work
    work=$(mktemp -d)
    say "trying whether a guest runs on /dev/kvm"
    need busybox-static cpio
    mkdir "$work/init"
    cp /bin/busybox "$work/init/"
    printf '#!/busybox sh\necho GUEST-RUNS\n/busybox poweroff -f\n' >"$work/init/init"
    chmod +x "$work/init/init"
    (cd "$work/init" && find . | cpio -o -H newc --quiet) >"$work/initramfs"
    { timeout -k 1 8 "${qemu[@]}" -accel kvm -cpu host -smp 2 -m 256 -nographic -no-reboot -kernel "$kernel_file" \
        -initrd "$work/initramfs" -append 'console=ttyS0 quiet panic=-1 no_timer_check' </dev/null >"$work/log" 2>&1; } 2>/dev/null || true
    local runs=1
    ! grep -q GUEST-RUNS "$work/log" || runs=0
    rm -rf "$work"
    [ $runs = 0 ] || say "it does not: emulating"
    return $runs
}
