// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Folders that only root may look into: whoever can write there decides what this program trusts. */
public final class RuntimeFolder {
    /** Sockets of the sessions, descriptions of the rules that were kept. */
    public static final Path RUN = Path.of("/run/regsh");
    /** What is pinned; a file system of its own that holds nothing but BPF objects. */
    public static final Path PINS = Path.of("/sys/fs/bpf/regsh");

    private RuntimeFolder() {}

    /**
     * Makes the folder, or checks the one that is there.
     *
     * @throws IOException if it cannot be made, is no folder, or others own it or may enter it
     */
    public static Path ready(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!safe(folder)) {
            throw new IOException(folder + " is not a folder of root alone; remove it, or: chmod 700 and chown root it");
        }
        return folder;
    }

    /** Whether it is a folder of this user (root, where rules can be attached) that nobody else may enter. */
    public static boolean safe(Path folder) {
        try {
            Map<String, Object> is = Files.readAttributes(folder, "unix:uid,permissions,isDirectory",
                    LinkOption.NOFOLLOW_LINKS);
            int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            @SuppressWarnings("unchecked")
            Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) Objects.requireNonNull(is.get("permissions"));
            boolean others = permissions.stream().anyMatch(p -> !p.name().startsWith("OWNER"));
            return Objects.equals(is.get("isDirectory"), true) && Objects.equals(is.get("uid"), self) && !others;
        } catch (IOException | RuntimeException absent) {
            return false;
        }
    }
}
