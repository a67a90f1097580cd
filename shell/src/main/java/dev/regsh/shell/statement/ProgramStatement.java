// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.grammar.statement.Statement;
import dev.regsh.shell.command.Host;
import dev.regsh.shell.command.Workspace;
import java.util.function.BooleanSupplier;

/** {@code ! COMMAND}: hands the rest of the line to /bin/sh. */
final class ProgramStatement extends StatementCommand<Statement.Shell> {
    private final Host host;
    private final LastCommand last;
    private final BooleanSupplier captures;

    ProgramStatement(Workspace workspace, Host host, LastCommand last, BooleanSupplier captures) {
        super(workspace, "!", "", Statement.Shell.class);
        this.host = host;
        this.last = last;
        this.captures = captures;
    }

    @Override
    void run(Statement.Shell line) {
        host.outside(() -> last.run(line.text(), workspace().variables(), captures.getAsBoolean()));
    }
}
