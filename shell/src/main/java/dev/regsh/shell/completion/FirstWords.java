// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import java.util.Comparator;
import java.util.List;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** What a line can begin with. */
public final class FirstWords {
    private FirstWords() {}

    /** Every command of the registry in order; those without a group are signs, which nobody completes. */
    public static List<CompletionProposal> of(CommandRegistry commands) {
        return commands.getCommands().stream().filter(command -> !command.getGroup().isEmpty())
                .sorted(Comparator.comparing(Command::getName))
                .map(command -> Proposal.word(command.getName(), command.getDescription(), command.getGroup())).toList();
    }
}
