// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows under headings, no wider than the terminal: the last column is cut, then columns that can be done without are left
 * out. Numbers stand to the right.
 */
final class Table {
    private static final String GAP = "  ";
    /** A last column of fewer characters says nothing. */
    private static final int LEAST = 36;

    private Table() {}

    /** @param room columns of the terminal; 0: there is none, and nothing is left out */
    static List<String> lines(List<Column> columns, List<Map<String, Object>> rows, int room) {
        List<Column> shown = new ArrayList<>(columns);
        while (room > 0 && width(shown, rows, true) > room && dropOne(shown)) {
            continue;
        }
        int[] widths = shown.stream().mapToInt(column -> width(column, rows)).toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(shown, shown.stream().map(c -> c.heading().toUpperCase(Locale.ROOT)).toList(), widths, room, rows));
        for (Map<String, Object> row : rows) {
            lines.add(line(shown, shown.stream().map(column -> cell(row, column)).toList(), widths, room, rows));
        }
        return lines;
    }

    private static boolean dropOne(List<Column> shown) {
        int worst = 0;
        for (int i = 1; i < shown.size(); i++) {
            worst = shown.get(i).drop() > shown.get(worst).drop() ? i : worst;
        }
        return shown.get(worst).drop() > 0 && shown.remove(worst) != null;
    }

    private static int width(List<Column> columns, List<Map<String, Object>> rows, boolean cut) {
        int width = (columns.size() - 1) * GAP.length();
        for (int i = 0; i < columns.size(); i++) {
            int own = width(columns.get(i), rows);
            width += cut && i == columns.size() - 1 ? Math.min(own, LEAST) : own;
        }
        return width;
    }

    private static int width(Column column, List<Map<String, Object>> rows) {
        return Math.max(column.heading().length(), rows.stream().mapToInt(row -> cell(row, column).length()).max()
                .orElse(0));
    }

    private static String cell(Map<String, Object> row, Column column) {
        Object value = row.get(column.field());
        return value == null ? "" : Printable.escape(column.show().apply(value));
    }

    private static String line(List<Column> columns, List<String> cells, int[] widths, int room,
            List<Map<String, Object>> rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            String field = columns.get(i).field();
            boolean number = rows.stream().map(row -> row.get(field)).allMatch(v -> v == null || v instanceof Number);
            line.append(number ? padding + cells.get(i) : cells.get(i) + padding).append(GAP);
        }
        String text = line.toString().stripTrailing();
        return room > 0 && text.length() > room ? text.substring(0, room - 1) + Printable.CUT : text;
    }
}
