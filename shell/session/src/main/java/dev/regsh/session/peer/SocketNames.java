// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.peer;

import dev.regsh.session.folder.RuntimeFolder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Where the sessions of this process are asked: one at {@code PID.sock}, and any that are open beside it at {@code PID.2.sock} and so
 * on. Whoever asks takes what stands before the first dot for the process.
 */
final class SocketNames {
    private static final Set<Path> TAKEN = new HashSet<>();

    private SocketNames() {}

    /** The first that no session of this process has. */
    static synchronized Path take() {
        long pid = ProcessHandle.current().pid();
        Path name = RuntimeFolder.RUN.resolve(pid + ".sock");
        for (int number = 2; !TAKEN.add(name); number++) {
            name = RuntimeFolder.RUN.resolve(pid + "." + number + ".sock");
        }
        return name;
    }

    static synchronized void giveBack(Path name) {
        TAKEN.remove(name);
    }
}
