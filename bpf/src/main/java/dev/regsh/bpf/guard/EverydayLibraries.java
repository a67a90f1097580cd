// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import dev.regsh.base.text.Glob;
import java.util.List;
import java.util.Optional;

/** Libraries of nearly every process, those among them that let people in: sshd, login, systemd-logind, dbus-daemon. */
final class EverydayLibraries {
    private static final List<Glob> NAMES = List.of("ld-linux*.so.*", "ld-2.*.so", "ld-musl-*.so.*", "libc.so.*",
            "libc-2.*.so", "libc.musl-*.so.*", "libpthread.so.*", "libpthread-2.*.so", "libdl.so.*", "libdl-2.*.so",
            "librt.so.*", "librt-2.*.so", "libresolv.so.*", "libresolv-2.*.so", "libnss_*.so*", "libcrypt.so.*", "libcrypto.so.*",
            "libpam*.so*", "libaudit.so.*", "libselinux.so.*", "libpcre2-8.so.*", "libcap.so.*", "libsystemd*.so*",
            "libdbus-1.so.*", "libtinfo.so.*").stream().map(Glob::new).toList();

    private EverydayLibraries() {}

    /** The name of the library that a file is. */
    static Optional<String> of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return NAMES.stream().anyMatch(glob -> glob.matches(name)) ? Optional.of(name) : Optional.empty();
    }
}
