// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

/** What a function is to the machine, and so which rules may change what it does. */
enum Protection {
    /** Every process needs it, sshd among them: a rule must say whose calls, or how few. */
    NEEDED(false, false, "by narrow rules, or with force"),
    /** The same where a single failed call ends a connection or a process: {@code limit} makes nothing better. */
    NEEDED_EACH(false, false, "by narrow rules, or with force"),
    /** The kernel needs it to run, or to say what it died of: only with {@code force}. */
    MACHINE(true, false, "with force"),
    /** The kernel comes by when it lets go of a rule: only where the rule is about other tasks, {@code force} or not. */
    RELEASE(false, true, "by rules with pid, tid or comm"),
    /** Both. */
    MACHINE_RELEASE(true, true, "by rules with pid, tid or comm, and force"),
    /** The same, in whatever task an interrupt finds: no condition leaves a rule's own release out. */
    INTERRUPT(true, true, "by no rule");

    private final boolean insist;
    private final boolean release;
    private final String changed;

    Protection(boolean insist, boolean release, String changed) {
        this.insist = insist;
        this.release = release;
        this.changed = changed;
    }

    /** How it can be changed at all. */
    String changed() {
        return changed;
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
