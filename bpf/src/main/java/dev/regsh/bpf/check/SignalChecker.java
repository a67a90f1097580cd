// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.grammar.clause.SignalClause;
import java.util.List;

/** Checks {@code signal}: names to numbers, x86-64 and arm64 (signal(7)). */
final class SignalChecker {
    private static final List<String> NAMES = List.of("", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL",
            "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
            "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

    private SignalChecker() {}

    static int number(SignalClause signal) {
        int number = NAMES.indexOf(signal.name());
        if (number <= 0) {
            throw Errors.at(signal.span(), "no signal '" + signal.name() + "'", "kill -l lists them");
        }
        return number;
    }
}
