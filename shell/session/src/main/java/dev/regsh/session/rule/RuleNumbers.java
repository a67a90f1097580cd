// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.rule;

/**
 * The numbers of rules: one sequence for all sessions of this process that are open, since other sessions call a rule
 * {@code PID/NUMBER}. It begins anew when the last of them is closed.
 */
final class RuleNumbers {
    private static int last;
    /** Tables that have numbers. */
    private static int users;

    private RuleNumbers() {}

    /** @param first the first one that a table takes; {@link #end} is to follow when it takes no more */
    static synchronized int next(boolean first) {
        if (first) {
            users++;
        }
        return ++last;
    }

    static synchronized void end() {
        users--;
        if (users == 0) {
            last = 0;
        }
    }
}
