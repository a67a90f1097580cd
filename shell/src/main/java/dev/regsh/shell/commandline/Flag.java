// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.commandline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of regsh itself: what reads the command line, help and the manual know them from here. */
public enum Flag {
    JSON("--json", "", "one JSON document a line, errors too (docs/json.md)"),
    VERBOSE("--verbose", "", "the verifier's whole log where a program is refused"),
    REPORT("--report", "FILE", "the expectations of a run as JUnit XML"),
    TRUST("--trust", "", "run a script that others may write"),
    KEEP("--keep", "", "the rules of a run stay attached after it"),
    HELP("--help", "", "this; after a command, help for it"),
    VERSION("--version", "", "the version");

    private final String word;
    private final String operand;
    private final String meaning;

    Flag(String word, String operand, String meaning) {
        this.word = word;
        this.operand = operand;
        this.meaning = meaning;
    }

    /** The option of that word; null: it is none. */
    static @Nullable Flag of(String argument) {
        for (Flag flag : values()) {
            if (flag.word.equals(argument)) {
                return flag;
            }
        }
        return null;
    }

    /** Whether it is among the arguments, which need not be right otherwise. */
    public boolean isIn(String[] arguments) {
        return List.of(arguments).contains(word);
    }

    String word() {
        return word;
    }

    /** Whether an operand follows it. */
    boolean takesOperand() {
        return !operand.isEmpty();
    }

    String operand() {
        return operand;
    }

    String usage() {
        return takesOperand() ? word + " " + operand : word;
    }

    String meaning() {
        return meaning;
    }
}
