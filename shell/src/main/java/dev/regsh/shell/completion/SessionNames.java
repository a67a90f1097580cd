// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The names of the session's own making. */
public interface SessionNames {
    /** Attached rules with their text, by name. */
    Map<String, String> rules();

    /** Script variables. */
    Collection<String> variables();

    /** The rules as Tab shows them. */
    default List<CompletionProposal> ruleProposals() {
        List<CompletionProposal> found = new ArrayList<>();
        rules().forEach((name, rule) -> found.add(Proposal.word(name, rule, "rules")));
        return found;
    }
}
