// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.bpf.program.LeftOut;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.Session;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.session.rule.PendingRule;
import dev.regsh.session.rule.RuleFields;
import dev.regsh.shell.command.Rehearsal;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.output.LeftOutText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code on}, {@code after} and {@code dry}: attaches a rule. */
final class RuleStatement extends StatementCommand<Rule> {
    RuleStatement(Workspace workspace, String word) {
        super(workspace, word, Rule.class);
    }

    @Override
    void rehearse(Rule rule, Rehearsal rehearsal) {
        rehearsal.attach(rule);
    }

    @Override
    void run(Rule rule) {
        Session session = workspace().session();
        Optional<String> awaited = session.awaited(rule);
        if (awaited.isPresent()) {
            PendingRule waiting = session.await(rule, awaited.get());
            workspace().output().result("pending", "pending " + waiting.name() + ": it is attached when module " + awaited.get()
                    + " is loaded", RuleFields.of(waiting));
            return;
        }
        LiveRule live = session.attach(rule);
        List<LeftOut> leftOut = live.leftOut();
        Map<String, Object> fields = RuleFields.of(live);
        if (!leftOut.isEmpty()) {
            fields.put("leftOut", LeftOutText.fields(leftOut));
        }
        workspace().output().result("attached", "attached " + live.name() + " (" + RuleFields.engine(live.compiled()) + ")"
                + (leftOut.isEmpty() && live.functions() == 1 ? "" : " to " + live.functions()
                        + (live.functions() == 1 ? " function" : " functions"))
                + (leftOut.isEmpty() ? "" : "; " + LeftOutText.sentence(leftOut)), fields);
    }
}
