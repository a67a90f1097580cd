// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.grammar.errno.Errno;
import java.util.LinkedHashMap;
import java.util.Map;

/** A live rule as list and JSON show it; the names are part of the interface. */
public final class RuleFields {
    private RuleFields() {}

    public static Map<String, Object> of(LiveRule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", rule.id());
        fields.put("ref", Integer.toString(rule.id()));
        fields.put("name", rule.name());
        fields.put("state", rule.state());
        fields.put("engine", rule.compiled().engineLabel());
        fields.put("hits", rule.hits());
        fields.put("fired", rule.fired());
        fields.put("errors", rule.errors());
        if (rule.lastError() != 0) {
            fields.put("lastError", "-" + Errno.name((int) -rule.lastError()));
        }
        rule.lastFailure().ifPresent(words -> fields.put("lastFailure", words));
        fields.put("missed", rule.missed());
        fields.put("dropped", rule.dropped());
        fields.put("age", rule.age());
        fields.put("owner", "here");
        fields.put("probe", rule.compiled().probes().get(0).attach().toString());
        fields.put("rule", rule.text());
        return fields;
    }
}
