// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.grammar.statement.Statement;
import dev.regsh.shell.command.Workspace;

/** {@code onerror stop} and {@code onerror continue}. */
final class OnErrorStatement extends StatementCommand<Statement.OnError> {
    OnErrorStatement(Workspace workspace) {
        super(workspace, "onerror", Statement.OnError.class);
    }

    @Override
    void run(Statement.OnError onError) {
        workspace().stopOnError(onError.stop());
    }
}
