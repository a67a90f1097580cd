// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.shell.command.Host;
import dev.regsh.shell.command.Workspace;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.shell.core.command.CommandRegistry;

/** The words of the language that begin a statement. */
public final class Statements {
    private Statements() {}

    /** @param captures whether the output of {@code !} commands is read, so that {@code expect output} knows it */
    public static void register(CommandRegistry registry, Workspace workspace, Host host, BooleanSupplier captures) {
        LastCommand last = new LastCommand(workspace.output());
        List.of(
                new RuleStatement(workspace, "on"),
                new RuleStatement(workspace, "after"),
                new RuleStatement(workspace, "dry"),
                new ProgramStatement(workspace, host, last, captures),
                new ExpectStatement(workspace, last),
                new LetStatement(workspace, last),
                new OnErrorStatement(workspace),
                new SleepStatement(workspace),
                new WaitStatement(workspace)).forEach(registry::registerCommand);
    }
}
