// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.bpf.symbol.CgroupSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The cgroup2 hierarchy as it is mounted here. A cgroup's id is the inode number of its folder (cgroups(7)). */
public final class Cgroups implements CgroupSource {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    @Override
    public Optional<Cgroup> named(String path) {
        try {
            for (String line : Files.readAllLines(MOUNTS)) {
                // device, folder, type (fstab(5))
                String[] fields = line.split(" ");
                if (fields.length > 2 && fields[2].equals("cgroup2")) {
                    return below(Path.of(fields[1]), Path.of(path));
                }
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Cgroup> below(Path root, Path path) throws IOException {
        Path folder = path.normalize().startsWith(root) ? path.normalize()
                : root.resolve("./" + path.normalize()).normalize();
        if (!folder.startsWith(root) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        return Optional.of(new Cgroup((Long) Files.getAttribute(folder, "unix:ino"),
                root.relativize(folder).toString().isEmpty()
                        ? 0 : root.relativize(folder).getNameCount(),
                folder.toString()));
    }
}
