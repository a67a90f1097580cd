// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.symbol;

import java.util.Optional;

/** The cgroups (version 2) of this machine. */
@FunctionalInterface
public interface CgroupSource {
    CgroupSource NONE = path -> Optional.empty();

    /**
     * A cgroup by its path.
     *
     * @param path below the cgroup2 root, or absolute
     */
    Optional<Cgroup> named(String path);

    /**
     * @param id as bpf_get_current_cgroup_id gives it: the folder's inode number
     * @param level folders below the root: 0 is the root itself
     * @param folder its absolute path
     */
    record Cgroup(long id, int level, String folder) {}
}
