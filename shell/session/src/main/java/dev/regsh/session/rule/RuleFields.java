// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.rule;

import dev.regsh.base.errno.Errno;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule as list and JSON show it; the names are part of the interface. */
public final class RuleFields {
    private static final String NO_ENGINE = "-";

    private RuleFields() {}

    /** The engine of a rule, as users see it. */
    public static String engine(CompiledRule rule) {
        return rule.engine().map(Engine::label).orElse(NO_ENGINE);
    }

    public static Map<String, Object> of(LiveRule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", rule.id());
        fields.put("ref", Integer.toString(rule.id()));
        fields.put("name", rule.name());
        fields.put("state", rule.state());
        fields.put("engine", engine(rule.compiled()));
        fields.put("hits", rule.hits());
        fields.put("fired", rule.fired());
        fields.put("errors", rule.errors());
        if (rule.lastError() != 0) {
            fields.put("lastError", "-" + Errno.name((int) -rule.lastError()));
        }
        rule.lastFailure().ifPresent(words -> fields.put("lastFailure", words));
        if (!rule.absent().isEmpty()) {
            fields.put("absentModules", rule.absent());
        }
        fields.put("missed", rule.missed());
        fields.put("dropped", rule.dropped());
        fields.put("age", rule.age());
        fields.put("owner", "here");
        fields.put("probe", probe(rule));
        fields.put("functions", rule.functions());
        fields.put("rule", rule.text());
        return fields;
    }

    /** One that waits for its module has the same, and has done nothing. */
    public static Map<String, Object> of(PendingRule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", rule.id());
        fields.put("ref", Integer.toString(rule.id()));
        fields.put("name", rule.name());
        fields.put("state", "pending");
        fields.put("engine", NO_ENGINE);
        for (String counter : List.of("hits", "fired", "errors")) {
            fields.put(counter, 0L);
        }
        fields.put("absentModules", List.of(rule.module()));
        fields.put("missed", 0L);
        fields.put("dropped", 0L);
        fields.put("age", (System.nanoTime() - rule.since()) / 1_000_000_000L);
        fields.put("owner", "here");
        fields.put("probe", rule.probe());
        fields.put("functions", 0);
        fields.put("rule", rule.text());
        return fields;
    }

    /** A glob says how much it stands for. */
    private static String probe(LiveRule rule) {
        int all = rule.compiled().functions().size();
        return rule.compiled().probe() + (all == 1 ? "" : " (" + rule.functions()
                + (rule.functions() == 1 ? " function)" : " functions)"));
    }
}
