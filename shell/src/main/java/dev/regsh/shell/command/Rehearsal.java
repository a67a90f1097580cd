// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.grammar.clause.AsClause;
import dev.regsh.grammar.clause.ForClause;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.Session;
import dev.regsh.session.rule.RuleTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rules there would be at each statement of a script that is checked: nothing is attached. */
public final class Rehearsal {
    private final Session session;
    /** Numbers of rules by their names. */
    private final Map<String, Integer> attached = new LinkedHashMap<>();
    /** Those whose time may be over. */
    private final Set<String> brief = new HashSet<>();
    private int lastId;

    Rehearsal(Session session) {
        this.session = session;
    }

    /** Refuses what would not be attached, whatever the kernel comes to say meanwhile. */
    public void attach(Rule rule) {
        lastId++;
        // Of one that waits for its module nothing else is known.
        if (session.awaited(rule).isEmpty()) {
            session.compiler().plan(rule);
        }
        String name = rule.clause(AsClause.class).map(AsClause::name).orElse(Integer.toString(lastId));
        if (attached.put(name, lastId) != null && !brief.contains(name)) {
            throw RuleTable.nameTaken(name);
        }
        if (rule.clause(ForClause.class).isPresent()) {
            brief.add(name);
        }
    }

    /** @throws dev.regsh.session.failure.Failure if there would be no such rule */
    public void known(String rule) {
        if (!isAttached(rule)) {
            throw RuleTable.noRule(rule);
        }
    }

    public boolean isAttached(String rule) {
        return attached.containsKey(rule) || attached.values().stream().anyMatch(id -> Integer.toString(id).equals(rule));
    }

    /** Rules would be detached or kept, those of them that are of this session at all. */
    public void forget(List<String> named) {
        for (String rule : named) {
            if (rule.equals("all") || rule.equals("--all")) {
                attached.clear();
            }
            attached.entrySet().removeIf(each -> each.getKey().equals(rule) || Integer.toString(each.getValue()).equals(rule));
        }
    }
}
