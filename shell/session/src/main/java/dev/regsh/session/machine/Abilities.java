// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.bpf.program.Ability;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.machine.Machine.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What rules can do here beyond their engines: wait for pages, and outlive their session. */
public final class Abilities {
    private static final Path BPF_FS = Path.of("/sys/fs/bpf");

    private Abilities() {}

    public static List<Finding> findings(Engines engines) {
        return List.of(userPages(engines), keep(engines));
    }

    private static Finding userPages(Engines engines) {
        String name = "user pages";
        if (!engines.can(Ability.USER_READS_WAIT)) {
            return new Finding(name, false, "memory of user programs that is not there yet cannot be waited for",
                    "Linux lets user probes wait from 6.0 on");
        }
        String waits = "rules on user programs wait for memory that is not there yet";
        return new Finding(name, true, engines.overridesByProbe() ? waits + ", but for those of engine probe" : waits, "");
    }

    private static Finding keep(Engines engines) {
        String name = "keep";
        if (!engines.keeps()) {
            return new Finding(name, false, "this kernel's probes have no links, so rules cannot be kept",
                    "boot Linux 5.15 or later");
        } else if (!isBpfFileSystem()) {
            return new Finding(name, false, "no BPF file system, so rules cannot be kept", "mount -t bpf bpf " + BPF_FS);
        } else if (engines.overridesByProbe()) {
            return new Finding(name, false, "rules of engine probe cannot be kept; others can",
                    "save them, and replay that in a session that stays");
        }
        return new Finding(name, true, BPF_FS + " is there", "");
    }

    private static boolean isBpfFileSystem() {
        try {
            return Files.getFileStore(BPF_FS).type().equals("bpf");
        } catch (IOException absent) {
            return false;
        }
    }
}
