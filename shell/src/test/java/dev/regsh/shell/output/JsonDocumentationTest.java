// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.regsh.session.json.Json;
import dev.regsh.shell.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What commands print is what docs/json.md says they print. */
class JsonDocumentationTest {
    private static final String SCRIPT = """
            onerror continue
            list
            find schedule_timeout
            info schedule_timeout
            doctor
            set
            help
            help list
            ! echo out
            lits
            save nothing
            """;

    /** The text under the heading that names each kind. */
    private static Map<String, String> documented() throws Exception {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : Files.readString(Path.of("..", "docs", "json.md")).split("\n###? ")) {
            String[] parts = section.split("\n", 2);
            for (String kind : parts[0].split(", ")) {
                sections.put(kind, parts.length > 1 ? parts[1] : "");
            }
        }
        return sections;
    }

    @Test
    void everyKindAndFieldIsDocumented() throws Exception {
        Map<String, String> documented = documented();
        Run run = Run.json(SCRIPT);
        List<String> lines = new ArrayList<>(run.out().lines().toList());
        lines.addAll(run.err().lines().toList());
        assertTrue(lines.size() > 20, run.out() + run.err());
        for (String line : lines) {
            Map<String, Object> document = Json.read(line);
            String kind = (String) document.remove("kind");
            assertTrue(documented.containsKey(kind), "docs/json.md has no kind " + kind);
            document.keySet().forEach(field -> assertTrue(documented.get(kind).contains("`" + field + "`"),
                    kind + " has no field " + field + " in docs/json.md"));
        }
    }

    @Test
    void whatIsWrittenReadsBack() throws Exception {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("text", "a \"b\"\n\u001b\ud83d\ude00");
        document.put("number", Long.MIN_VALUE);
        document.put("list", List.of(Map.of("on", true), 7L));
        assertEquals(document, Json.read(Json.write(document)));
        assertEquals(1, Json.write(document).lines().count());
    }
}
