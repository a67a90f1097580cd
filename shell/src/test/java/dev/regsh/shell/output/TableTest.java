// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.base.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static final List<Column> COLUMNS = List.of(Column.of("id"), Column.of("hits", 2),
            new Column("age", "since", 1, seconds -> seconds + "s"), Column.of("rule"));
    private static final List<Map<String, Object>> ROWS = List.of(
            Map.of("id", "1", "hits", 5L, "age", 70L, "rule", "on vfs_read set count=4096 limit 10"),
            Map.of("id", "223/1", "hits", 1234L, "age", 7L, "rule", "on open_ctree ret=-12"));

    @Test
    void withRoomEverythingIsThere() {
        assertEquals(List.of(
                "ID     HITS  SINCE  RULE",
                "1         5    70s  on vfs_read set count=4096 limit 10",
                "223/1  1234     7s  on open_ctree ret=-12"), Table.lines(COLUMNS, ROWS, 0));
    }

    @Test
    void columnsThatMatterLessGoFirst() {
        assertEquals("ID     SINCE  RULE", Table.lines(COLUMNS, ROWS, 50).get(0));
        assertEquals("ID     RULE", Table.lines(COLUMNS, ROWS, 24).get(0));
        assertEquals("1      on vfs_read set " + Printable.CUT, Table.lines(COLUMNS, ROWS, 24).get(1));
    }

    /** Twice the rows take twice the time; a table that looked at all rows for each cell took minutes for these. */
    @Test
    void manyRowsAreNoMatter() {
        int[] asked = {0};
        List<Column> columns = List.of(new Column("id", "id", 0, value -> {
            asked[0]++;
            return String.valueOf(value);
        }), Column.of("rule"));
        List<Map<String, Object>> rows = IntStream.range(0, 50_000).mapToObj(i -> Map.<String, Object>of("id", i, "rule", "on f"))
                .toList();
        assertEquals(50_001, Table.lines(columns, rows, 80).size());
        assertEquals(50_000, asked[0], "each cell is made once");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 24, 40, 41, 60, 80, 200})
    void noLineIsWiderThanTheTerminal(int room) {
        Table.lines(COLUMNS, ROWS, room).forEach(line -> assertTrue(line.length() <= room, line));
    }
}
