// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.token;

/** A kind of thing that can stand somewhere in a statement. */
public enum Slot {
    /** The first word: on, expect, or a command of the shell. */
    STATEMENT("a statement"),
    /** A further word of a command. */
    COMMAND("an argument of the command"),
    /** What a rule is attached to. */
    PROBE("a function, MODULE:FUNCTION or PATH:SYMBOL"),
    /** What {@code set} changes. */
    TARGET("a register or parameter name"),
    /** An operand of an expression. */
    VALUE("a value"),
    /** An errno's name, behind a minus; a value may stand there too. */
    ERRNO("an errno name"),
    /** A field, behind {@code ->} or a dot. */
    FIELD("a field name"),
    /** A kernel function, after {@code goto} and {@code caller}. */
    FUNCTION("a function"),
    /** A cgroup's path. */
    CGROUP("a cgroup's path"),
    NUMBER("a number"),
    /** A process name in quotes, after {@code comm}. */
    COMM("a string in quotes"),
    DURATION("a duration such as 10ms or 5s"),
    SIGNAL("a signal's name"),
    /** The name of a live rule. */
    RULE("a rule's name"),
    /** A name that is given here. */
    NEW_NAME("a name"),
    /** A script variable, behind <code>${</code>. */
    VARIABLE("a variable"),
    /** An operator that goes on with the expression before it. */
    OPERATOR("an operator"),
    /** The first word of a clause. */
    CLAUSE("a clause (set, ret=, when, limit, ...)");

    private final String words;

    Slot(String words) {
        this.words = words;
    }

    /** What stands there, for an error message. */
    public String words() {
        return words;
    }
}
