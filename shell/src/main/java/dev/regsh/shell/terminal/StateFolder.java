// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Where history and log are kept: $XDG_STATE_HOME/regsh, for the user's eyes only. */
public final class StateFolder {
    private StateFolder() {}

    /** A file there, made 0600 if it is not yet; null if no safe place can be had: then nothing is kept. */
    public static @Nullable Path file(String name) {
        String home = System.getenv("XDG_STATE_HOME");
        String user = System.getenv().getOrDefault("HOME", "/root");
        Path folder = home != null && home.startsWith("/") ? Path.of(home, "regsh") : Path.of(user, ".local/state/regsh");
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rwx------")));
            }
            Path file = folder.resolve(name);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            int owner = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && owner == self ? file : null;
        } catch (IOException | RuntimeException unusable) {
            return null;
        }
    }
}
