// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import java.util.List;
import java.util.function.Function;
import org.springframework.shell.core.command.completion.CompletionContext;
import org.springframework.shell.core.command.completion.CompletionProposal;
import org.springframework.shell.core.command.completion.CompletionProvider;

/**
 * Completes the one operand that a command takes.
 *
 * @param proposals for what is typed of it
 */
record FirstOperand(Function<String, List<CompletionProposal>> proposals) implements CompletionProvider {
    @Override
    public List<CompletionProposal> apply(CompletionContext typed) {
        return typed.getWordIndex() == 1 ? proposals.apply(typed.currentWordUpToCursor()) : List.of();
    }
}
