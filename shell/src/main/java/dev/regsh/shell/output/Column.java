// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param field of a row
 * @param heading shown in capitals
 * @param drop where the terminal is too narrow the column with the highest goes first; 0: it stays
 * @param show a value as people read it
 */
public record Column(String field, String heading, int drop, Function<Object, String> show) {
    public static Column of(String field) {
        return of(field, 0);
    }

    public static Column of(String field, int drop) {
        return new Column(field, field, drop, String::valueOf);
    }
}
