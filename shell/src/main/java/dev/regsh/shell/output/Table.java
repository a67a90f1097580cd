// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.base.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Rows under headings, no wider than the terminal: the last column is cut, then columns that can be done without are left
 * out. Numbers stand to the right.
 */
final class Table {
    private static final String GAP = "  ";
    /** A last column of fewer characters says nothing. */
    private static final int LEAST = 36;

    /** A column with what it shows in each row; looked at once, since there may be thousands of rows. */
    private record Shown(int drop, String heading, List<String> cells, int width, boolean number) {
        static Shown of(Column column, List<Map<String, Object>> rows) {
            String heading = column.heading().toUpperCase(Locale.ROOT);
            List<String> cells = new ArrayList<>(rows.size());
            int width = Columns.of(heading);
            boolean number = true;
            for (Map<String, Object> row : rows) {
                Object value = row.get(column.field());
                String cell = value == null ? "" : Printable.escape(column.show().apply(value));
                cells.add(cell);
                width = Math.max(width, Columns.of(cell));
                number &= value == null || value instanceof Number;
            }
            return new Shown(column.drop(), heading, cells, width, number);
        }
    }

    private Table() {}

    /** @param room columns of the terminal; 0: there is none, and nothing is left out */
    static List<String> lines(List<Column> columns, List<Map<String, Object>> rows, int room) {
        List<Shown> shown = new ArrayList<>(columns.stream().map(column -> Shown.of(column, rows)).toList());
        while (room > 0 && width(shown) > room && dropOne(shown)) {
            // What is left may still be too wide.
        }
        List<String> lines = new ArrayList<>(rows.size() + 1);
        lines.add(line(shown, Shown::heading, room));
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            lines.add(line(shown, column -> column.cells().get(row), room));
        }
        return lines;
    }

    private static boolean dropOne(List<Shown> shown) {
        int worst = 0;
        for (int i = 1; i < shown.size(); i++) {
            worst = shown.get(i).drop() > shown.get(worst).drop() ? i : worst;
        }
        return shown.get(worst).drop() > 0 && shown.remove(worst) != null;
    }

    /** Of a line whose last column is cut as far as it may be. */
    private static int width(List<Shown> shown) {
        int last = shown.size() - 1;
        int width = last * GAP.length() + Math.min(shown.get(last).width(), LEAST);
        for (Shown each : shown.subList(0, last)) {
            width += each.width();
        }
        return width;
    }

    private static String line(List<Shown> shown, Function<Shown, String> cell, int room) {
        StringBuilder line = new StringBuilder();
        for (Shown column : shown) {
            String text = cell.apply(column);
            String padding = " ".repeat(column.width() - Columns.of(text));
            line.append(column.number() ? padding + text : text + padding).append(GAP);
        }
        String text = line.toString().stripTrailing();
        return room > 0 ? Columns.cut(text, room) : text;
    }
}
