// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

/** The one line of a verifier's log that says what was wrong. */
public final class VerifierSentence {
    private VerifierSentence() {}

    /** The last line that is neither an instruction, a state nor a statistic (kernel/bpf/verifier.c). */
    static String of(String log) {
        String found = "";
        for (String line : log.split("\n")) {
            boolean noise = line.isBlank() || line.startsWith("processed ") || line.startsWith("verification time")
                    || line.startsWith("stack depth") || line.startsWith("max_states") || Character.isDigit(line.charAt(0))
                    || line.startsWith("from ");
            if (!noise) {
                found = line.strip();
            }
        }
        return found;
    }
}
