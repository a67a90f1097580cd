// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

/** What a function is to the machine, and so which rules may change what it does. */
public enum Protection {
    /** Every process needs it, sshd among them: a rule must say whose calls, or how few. */
    NEEDED(false, false),
    /** The same where a single failed call ends a connection or a process: {@code limit} makes nothing better. */
    NEEDED_EACH(false, false),
    /** The kernel needs it to run, or to say what it died of: only with {@code force}. */
    MACHINE(true, false),
    /** The kernel comes by when it lets go of a rule: only where the rule is about other tasks, {@code force} or not. */
    RELEASE(false, true),
    /** Both. */
    MACHINE_RELEASE(true, true),
    /** The same, in whatever task an interrupt finds: no condition leaves a rule's own release out. */
    INTERRUPT(true, true);

    private final boolean insist;
    private final boolean release;

    Protection(boolean insist, boolean release) {
        this.insist = insist;
        this.release = release;
    }

    /** Only with {@code force}, however narrow the rule. */
    boolean asksToInsist() {
        return insist;
    }

    /** It is on the way from the end of a session to the end of its probes. */
    boolean releases() {
        return release;
    }
}
