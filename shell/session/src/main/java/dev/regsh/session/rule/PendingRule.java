// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.rule;

import dev.regsh.grammar.clause.AsClause;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.statement.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule on a module that is not loaded yet: nothing of it is compiled, since its functions are not known.
 *
 * @param id its number, which it keeps when it is attached
 * @param text its canonical text, on one line
 * @param since {@link System#nanoTime()} when it was given
 */
public record PendingRule(int id, Rule rule, String text, String module, long since) {
    /** The module that a rule's probe names; empty: none. */
    public static Optional<String> module(Rule rule) {
        return rule.probe() instanceof Probe.KernelFunction function ? function.module()
                : rule.probe() instanceof Probe.KernelGlob glob ? glob.module() : Optional.empty();
    }

    public String name() {
        return rule.clause(AsClause.class).map(AsClause::name).orElse(Integer.toString(id));
    }

    public boolean is(String name) {
        return name().equals(name) || Integer.toString(id).equals(name);
    }

    /** As those of a rule that is attached ({@link RuleFields}). */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("ref", Integer.toString(id));
        fields.put("name", name());
        fields.put("state", "pending");
        fields.put("engine", "-");
        for (String counter : List.of("hits", "fired", "errors")) {
            fields.put(counter, 0L);
        }
        fields.put("absentModules", List.of(module));
        fields.put("missed", 0L);
        fields.put("dropped", 0L);
        fields.put("age", (System.nanoTime() - since) / 1_000_000_000L);
        fields.put("owner", "here");
        fields.put("probe", module + ":" + (rule.probe() instanceof Probe.KernelGlob glob ? glob.pattern()
                : ((Probe.KernelFunction) rule.probe()).function()));
        fields.put("functions", 0);
        fields.put("rule", text);
        return fields;
    }
}
