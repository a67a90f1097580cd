// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.keep;

import dev.regsh.bpf.program.Failing;
import dev.regsh.session.counter.Counters;
import dev.regsh.session.folder.RuntimeFolder;
import dev.regsh.session.json.Json;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.session.rule.RuleFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What people want to know of a kept rule, as it stands in a file under /run, and how its counters are read. The file may be gone,
 * or be another's.
 */
record KeptDescription(Map<String, Object> document) {
    private static final FileAttribute<?> FOR_ROOT = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String BLOCK = "block";
    private static final String SINCE = "since";
    private static final String FIRED_IS_HITS = "firedIsHits";
    private static final String FAILING = "failing";

    static Path file(String name) {
        return RuntimeFolder.RUN.resolve(name + ".kept");
    }

    static KeptDescription of(LiveRule rule) {
        Map<String, Object> document = RuleFields.of(rule);
        document.put(BLOCK, rule.block().number());
        document.put(SINCE, System.currentTimeMillis() / 1000 - rule.age());
        document.put(FIRED_IS_HITS, rule.compiled().firedIsHits());
        document.put(FAILING, rule.compiled().failing().stream().map(each -> each.kind() + " " + each.what()).toList());
        return new KeptDescription(document);
    }

    /** Nothing where there is none. */
    static KeptDescription read(String name) {
        try {
            return new KeptDescription(RuntimeFolder.safe(RuntimeFolder.RUN) ? Json.read(Files.readString(file(name))) : Map.of());
        } catch (IOException absent) {
            return new KeptDescription(Map.of());
        }
    }

    void write(String name) throws IOException {
        Files.deleteIfExists(file(name));
        Files.createFile(file(name), FOR_ROOT);
        Files.writeString(file(name), Json.write(document));
    }

    /** As list and JSON show it, with the counters of the time when it was kept. */
    Map<String, Object> fields(String name) {
        Map<String, Object> fields = new LinkedHashMap<>(document);
        List.of(BLOCK, SINCE, FIRED_IS_HITS, FAILING).forEach(fields::remove);
        fields.put("ref", name);
        fields.putIfAbsent("name", name);
        fields.put("owner", "kept");
        if (document.get(SINCE) instanceof Long since) {
            fields.put("age", Math.max(0, System.currentTimeMillis() / 1000 - since));
        }
        return fields;
    }

    /** The number of its block in its pinned map. */
    OptionalInt block() {
        return document.get(BLOCK) instanceof Long block && block >= 0 && block < Counters.MAX_RULES
                ? OptionalInt.of(block.intValue())
                : OptionalInt.empty();
    }

    boolean firedIsHits() {
        return Boolean.TRUE.equals(document.get(FIRED_IS_HITS));
    }

    /** The parts of the rule that can fail, as its programs number them. */
    List<Failing> failing() {
        Stream<?> each = document.get(FAILING) instanceof List<?> list ? list.stream() : Stream.empty();
        return each.map(one -> String.valueOf(one).split(" ", 2)).map(one -> new Failing(Failing.Kind.valueOf(one[0]), one[1]))
                .toList();
    }
}
