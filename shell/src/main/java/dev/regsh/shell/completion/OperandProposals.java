// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.grammar.assist.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.completion.CompletionContext;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** What a command takes: its completion provider says it, and the table of its options. */
final class OperandProposals {
    private OperandProposals() {}

    static List<CompletionProposal> of(CommandRegistry commands, Expectation at) {
        Command command = commands.getCommandByName(at.words().get(0));
        if (command == null) {
            return List.of();
        }
        List<String> words = new ArrayList<>(at.words());
        words.add(at.prefix());
        List<CompletionProposal> found = new ArrayList<>();
        command.getCompletionProvider().apply(new CompletionContext(words, words.size() - 1, at.prefix().length(), command, null))
                .forEach(each -> {
                    if (at.quoted() && each.complete()) {
                        found.add(Proposal.like(each, each.value() + '"'));
                    } else if (at.quoted() || isOneWord(each.value())) {
                        found.add(each);
                    }
                });
        for (CommandOption option : command.getOptions()) {
            if (!words.contains("--" + option.longName())) {
                found.add(Proposal.word("--" + option.longName(), Objects.requireNonNullElse(option.description(), ""), "options"));
            }
        }
        return found;
    }

    /** Unless it is quoted, a blank ends a word, and a semicolon the statement. */
    private static boolean isOneWord(String text) {
        return text.chars().noneMatch(c -> c <= ' ' || c == ';');
    }
}
