// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The effective capabilities of this process (capabilities(7)). */
public record Capabilities(long mask) {
    public static final int SYS_ADMIN = 21;
    public static final int PERFMON = 38;
    public static final int BPF = 39;

    /** None where /proc does not say. */
    public static Capabilities effective() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    return new Capabilities(Long.parseUnsignedLong(line.substring(7).strip(), 16));
                }
            }
        } catch (IOException unreadable) {
            // No /proc: nothing this program does would work.
        }
        return new Capabilities(0);
    }

    public boolean has(int capability) {
        return (mask >>> capability & 1) != 0;
    }
}
