// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.session.failure.Failure;
import dev.regsh.shell.command.Host;
import dev.regsh.shell.command.RegshCommand;
import dev.regsh.shell.command.Rehearsal;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.completion.FileProposals;
import java.util.List;
import org.springframework.shell.core.command.CommandContext;

/** {@code replay}: runs a script in this session. */
final class ReplayCommand extends RegshCommand {
    private final Host host;
    private final Interpreter interpreter;

    ReplayCommand(Workspace workspace, Host host, Interpreter interpreter) {
        super(workspace, "replay", "FILE.rsh [ARG...]", "runs a script in this session");
        this.host = host;
        this.interpreter = interpreter;
        setCompletionProvider(FileProposals::scripts);
    }

    @Override
    protected String details() {
        return """
                Its rules stay attached, unlike those of regsh run, which ends with the script. ${1} in the script is the
                first ARG. It stops at the first error unless it says onerror continue; what it has attached until then stays. What
                its ! commands print is kept for expect output, as in regsh run.""";
    }

    @Override
    protected List<String> examples() {
        return List.of("replay nomem.rsh", "replay slow-disk.rsh sda 10ms");
    }

    @Override
    protected void check(CommandContext context) {
        some(context, "a file");
    }

    /** What it replays is checked, too. */
    @Override
    protected void rehearse(CommandContext context, Rehearsal rehearsal) {
        run(context);
    }

    @Override
    protected void run(CommandContext context) {
        List<String> words = words(context);
        if (host.once()) {
            throw new Failure("replay belongs to a session", "regsh run " + words.get(0));
        }
        interpreter.replay(words.get(0), words.subList(1, words.size()));
    }
}
