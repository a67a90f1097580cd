// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.failure.Failure;
import org.springframework.shell.core.command.AbstractCommand;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.ExitStatus;

/** Whatever a statement can begin with: a command of the shell or a word of the language. */
public abstract class SessionCommand extends AbstractCommand {
    /** The group of commands, and the heading Tab lists them under. */
    public static final String COMMANDS = "commands";
    /** That of the words that begin a statement of the language. */
    public static final String STATEMENTS = "statements";

    private final Workspace workspace;

    /** @param group one of those above, or empty: it is a sign, which is neither listed nor completed */
    protected SessionCommand(Workspace workspace, String name, String description, String group) {
        super(name, description, group);
        this.workspace = workspace;
        setExitStatusExceptionMapper(workspace.failures());
    }

    protected final Workspace workspace() {
        return workspace;
    }

    @Override
    public final ExitStatus doExecute(CommandContext context) {
        // What cannot be stopped half way, such as an attach, is at least the last thing done.
        if (Thread.interrupted()) {
            throw interrupted();
        }
        // What has happened since is said first, and a rule whose time is over is gone.
        workspace.session().look();
        check(context);
        workspace.rehearsal().ifPresentOrElse(rehearsal -> rehearse(context, rehearsal), () -> run(context));
        return ExitStatus.OK;
    }

    /** Refuses what can be seen to be wrong without carrying anything out. */
    protected void check(CommandContext context) {
        // By itself nothing is.
    }

    /** What a script that is checked does here instead of {@link #run}. */
    protected void rehearse(CommandContext context, Rehearsal rehearsal) {
        // Most statements change nothing that those behind them are checked by.
    }

    /** Carries out what was checked. */
    protected abstract void run(CommandContext context);

    /** Ctrl-C has come meanwhile. */
    protected static Failure interrupted() {
        return new Failure(Failure.Kind.INTERRUPTED, "interrupted", "");
    }
}
