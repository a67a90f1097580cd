// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell;

import dev.regsh.session.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The command line, read. */
record Arguments(Mode mode, String text, List<String> operands, boolean json, boolean verbose, boolean trust,
        boolean keep, String report) {
    enum Mode { INTERACTIVE, STATEMENTS, RUN, CHECK, COMMAND, HELP, VERSION }

    /** What takes a script's name. */
    private static final Set<String> FILES = Set.of("run", "check");

    static Arguments read(String[] arguments) {
        boolean json = false;
        boolean verbose = false;
        boolean trust = false;
        boolean keep = false;
        String report = "";
        List<String> rest = new ArrayList<>();
        boolean statements = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            // What follows a script's name belongs to the script.
            boolean own = rest.size() < 2 || !FILES.contains(rest.get(0));
            if (own && argument.equals("--json")) {
                json = true;
            } else if (own && argument.equals("--verbose")) {
                verbose = true;
            } else if (own && argument.equals("--report")) {
                if (++i == arguments.length) {
                    throw new Failure(Failure.Kind.USAGE, "--report needs a file", "regsh run --report FILE.xml FILE.rsh");
                }
                report = arguments[i];
            } else if (own && argument.equals("--keep")) {
                keep = true;
            } else if (own && argument.equals("--trust")) {
                trust = true;
            } else if (rest.isEmpty() && (argument.equals("--help") || argument.equals("-h"))) {
                return new Arguments(Mode.HELP, "", List.of(), false, false, false, false, "");
            } else if (own && rest.size() == 1 && FILES.contains(rest.get(0)) && argument.equals("--help")) {
                return new Arguments(Mode.HELP, "", List.of(), false, false, false, false, "");
            } else if (rest.isEmpty() && argument.equals("--version")) {
                return new Arguments(Mode.VERSION, "", List.of(), false, false, false, false, "");
            } else if (rest.isEmpty() && !statements && argument.equals("-c")) {
                statements = true;
            } else if (rest.isEmpty() && argument.startsWith("-")) {
                throw new Failure(Failure.Kind.USAGE, "no option " + argument, "regsh --help shows them");
            } else {
                rest.add(argument);
            }
        }
        if (statements) {
            if (rest.size() != 1) {
                throw new Failure(Failure.Kind.USAGE, "-c takes one text", "regsh -c 'on FUNCTION ret=0; ! COMMAND'");
            }
            return new Arguments(Mode.STATEMENTS, rest.get(0), List.of(), json, verbose, trust, keep, report);
        }
        if (rest.isEmpty()) {
            return new Arguments(Mode.INTERACTIVE, "", List.of(), json, verbose, trust, keep, report);
        }
        String first = rest.get(0);
        if (FILES.contains(first)) {
            if (rest.size() < 2) {
                throw new Failure(Failure.Kind.USAGE, first + " needs a file", "regsh " + first + " FILE.rsh");
            }
            return new Arguments(first.equals("run") ? Mode.RUN : Mode.CHECK, rest.get(1), rest.subList(2, rest.size()),
                    json, verbose, trust, keep, report);
        }
        return new Arguments(Mode.COMMAND, first, rest, json, verbose, trust, keep, report);
    }
}
