// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.symbol;

import java.util.Optional;

/**
 * The tasks that let go of a rule when its session ends: the session's own, those it starts, which hold its descriptors until they
 * have begun another program, and the kernel's threads.
 */
public interface TaskSource {
    /** A source that knows of none. */
    TaskSource NONE = new TaskSource() {
        @Override
        public Optional<String> lettingGo(long task) {
            return Optional.empty();
        }

        @Override
        public Optional<String> lettingGo(String comm) {
            return Optional.empty();
        }
    };

    /**
     * Whether a task may be one of them.
     *
     * @param task number of a process or thread
     * @return what it is, as in "process 17 is ..."; empty: it is another one
     */
    Optional<String> lettingGo(long task);

    /** Whether a thread of that name may be one of them. */
    Optional<String> lettingGo(String comm);

    /** Whether a process is the session itself. */
    default boolean own(long process) {
        return false;
    }
}
