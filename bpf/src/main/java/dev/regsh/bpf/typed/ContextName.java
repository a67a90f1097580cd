// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

import java.util.Locale;
import java.util.Optional;

/** What a program can ask about the moment of a hit; all unsigned. */
public enum ContextName {
    PID, TID, UID, GID, CPU, CGROUP, TIME, HITS;

    /** Empty: there is no such name. */
    public static Optional<ContextName> of(String name) {
        for (ContextName each : values()) {
            if (each.keyword().equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How wide the value can be. */
    public int bytes() {
        return this == CGROUP || this == TIME || this == HITS ? 8 : 4;
    }
}
