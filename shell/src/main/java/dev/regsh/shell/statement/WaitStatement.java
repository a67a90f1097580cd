// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.grammar.statement.Statement;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.session.rule.RuleTable;
import dev.regsh.shell.command.Rehearsal;
import dev.regsh.shell.command.Workspace;
import java.time.Duration;

/** {@code wait NAME fired N}: until that rule has acted so often. */
final class WaitStatement extends StatementCommand<Statement.Wait> {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    WaitStatement(Workspace workspace) {
        super(workspace, "wait", Statement.Wait.class);
    }

    @Override
    void rehearse(Statement.Wait wait, Rehearsal rehearsal) {
        rehearsal.known(wait.rule());
    }

    @Override
    void run(Statement.Wait wait) {
        LiveRule rule = workspace().session().rules().findCounted(wait.rule()).orElseThrow(() -> RuleTable.noRule(wait.rule()));
        long end = System.nanoTime() + LONGEST.toNanos();
        while (rule.fired() < wait.times()) {
            if (rule.over()) {
                throw new Failure("'" + wait.rule() + "' is over and fired " + rule.fired() + " times", "");
            }
            if (System.nanoTime() > end) {
                throw new Failure("'" + wait.rule() + "' fired " + rule.fired() + " times in ten minutes", "");
            }
            SleepStatement.pause(Duration.ofMillis(10));
        }
    }
}
