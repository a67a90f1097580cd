// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.grammar.statement.Statement;
import dev.regsh.shell.command.Workspace;
import java.time.Duration;

/** {@code sleep DURATION}, and {@code wait DURATION}, which means the same. */
final class SleepStatement extends StatementCommand<Statement.Sleep> {
    SleepStatement(Workspace workspace) {
        super(workspace, "sleep", Statement.Sleep.class);
    }

    @Override
    void run(Statement.Sleep sleep) {
        pause(sleep.duration());
    }

    /** @throws dev.regsh.session.failure.Failure if Ctrl-C comes meanwhile */
    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }
}
