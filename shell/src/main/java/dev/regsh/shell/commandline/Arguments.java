// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.commandline;

import dev.regsh.session.failure.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The command line, read.
 *
 * @param text a script's name, or the statements of {@code -c}
 * @param operands the script's arguments, or a command with its own words
 * @param flags those given, with their operands
 */
public record Arguments(Mode mode, String text, List<String> operands, Map<Flag, String> flags) {
    /** What the process is to do. */
    public enum Mode { INTERACTIVE, STATEMENTS, RUN, CHECK, COMMAND, HELP, VERSION }

    /** What takes a script's name. */
    private static final Set<String> FILES = Set.of("run", "check");
    private static final String STATEMENTS = "-c";

    public boolean has(Flag flag) {
        return flags.containsKey(flag);
    }

    /** The operand of an option; empty: it was not given. */
    public String operand(Flag flag) {
        return flags.getOrDefault(flag, "");
    }

    /** @throws Failure if it is no command line of regsh */
    public static Arguments read(String[] arguments) {
        Map<Flag, String> flags = new EnumMap<>(Flag.class);
        List<String> rest = new ArrayList<>();
        boolean statements = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            // What follows a script's name belongs to the script.
            boolean own = rest.size() < 2 || !FILES.contains(rest.get(0));
            Flag flag = own ? Flag.of(argument) : null;
            boolean first = rest.isEmpty();
            if (flag == Flag.HELP || flag == Flag.VERSION) {
                // Behind a command it is the command's.
                boolean file = rest.size() == 1 && FILES.contains(rest.get(0));
                if (first || (file && flag == Flag.HELP)) {
                    return new Arguments(Mode.valueOf(flag.name()), "", List.of(), Map.of());
                }
                rest.add(argument);
            } else if (flag != null && flag.takesOperand()) {
                if (++i == arguments.length) {
                    throw usage(flag.word() + " needs a " + flag.operand().toLowerCase(Locale.ROOT),
                            "regsh run " + flag.usage() + ".xml FILE.rsh");
                }
                flags.put(flag, arguments[i]);
            } else if (flag != null) {
                flags.put(flag, "");
            } else if (first && argument.equals("-h")) {
                return new Arguments(Mode.HELP, "", List.of(), Map.of());
            } else if (first && !statements && argument.equals(STATEMENTS)) {
                statements = true;
            } else if (first && argument.startsWith("-")) {
                throw usage("no option " + argument, "regsh --help shows them");
            } else {
                rest.add(argument);
            }
        }
        return statements ? statements(rest, flags) : words(rest, flags);
    }

    private static Arguments statements(List<String> rest, Map<Flag, String> flags) {
        if (rest.size() != 1) {
            throw usage("-c takes one text", "regsh -c 'on FUNCTION ret=0; ! COMMAND'");
        }
        return new Arguments(Mode.STATEMENTS, rest.get(0), List.of(), flags);
    }

    private static Arguments words(List<String> rest, Map<Flag, String> flags) {
        if (rest.isEmpty()) {
            return new Arguments(Mode.INTERACTIVE, "", List.of(), flags);
        }
        String first = rest.get(0);
        if (!FILES.contains(first)) {
            return new Arguments(Mode.COMMAND, first, rest, flags);
        }
        if (rest.size() < 2) {
            throw usage(first + " needs a file", "regsh " + first + " FILE.rsh");
        }
        return new Arguments(first.equals("run") ? Mode.RUN : Mode.CHECK, rest.get(1), rest.subList(2, rest.size()), flags);
    }

    private static Failure usage(String message, String hint) {
        return new Failure(Failure.Kind.USAGE, message, hint);
    }
}
