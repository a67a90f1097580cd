// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

/** A part of a text that is shown in a style of its own; offsets in characters, {@code end} is the first not in it. */
public record Highlight(int start, int end, Kind kind) {

    /** What a part of a text is. */
    public enum Kind {
        /** The first words of a statement of the language: on, dry, expect. */
        STATEMENT,
        /** The first word of a command of the shell. */
        COMMAND,
        /** A line for /bin/sh. */
        SHELL,
        /** What a rule is attached to, or a function a clause names. */
        PROBE,
        /** The first word of a clause. */
        CLAUSE,
        /** A register, a parameter, a field, a name that is given. */
        NAME,
        /** An integer type, {@code user} and {@code str}. */
        TYPE,
        NUMBER,
        /** An errno with its minus. */
        ERRNO,
        STRING,
        VARIABLE,
        OPERATOR,
        COMMENT,
        /** What is no token of the language. */
        WRONG
    }
}
