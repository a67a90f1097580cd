// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.grammar.errno.Errno;
import dev.regsh.shell.session.LiveRule;
import java.util.LinkedHashMap;
import java.util.Map;

/** A live rule as list and JSON show it; the names are part of the interface. */
public final class RuleFields {
    private RuleFields() {}

    public static Map<String, Object> of(LiveRule rule) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", rule.id());
        fields.put("name", rule.name());
        fields.put("state", rule.armed() ? "armed" : "disarmed");
        fields.put("engine", rule.compiled().engine().label());
        fields.put("hits", rule.hits());
        fields.put("fired", rule.fired());
        fields.put("errors", rule.errors());
        if (rule.lastError() != 0) {
            fields.put("lastError", "-" + Errno.name((int) -rule.lastError()));
        }
        fields.put("missed", rule.missed());
        fields.put("age", rule.age());
        fields.put("probe", rule.compiled().probes().get(0).attach().toString());
        fields.put("rule", rule.text());
        return fields;
    }
}
