// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.base.text.NameSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * Of a few proposals those that fit what is typed, by the same rules as {@link NameSearch}: beginning, part,
 * abbreviation.
 */
final class Filter {
    private Filter() {}

    /** In their own order where they begin with what is typed, else best first. */
    static List<CompletionProposal> of(String typed, List<CompletionProposal> all) {
        List<CompletionProposal> beginning = all.stream().filter(p -> p.value().startsWith(typed)).distinct().toList();
        if (!beginning.isEmpty() || typed.isEmpty()) {
            return beginning;
        }
        // A name may be said in two groups (a parameter and a register): the first counts.
        List<CompletionProposal> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(CompletionProposal::value));
        NameSearch search = NameSearch.of(sorted.stream().map(CompletionProposal::value).toList());
        List<CompletionProposal> found = new ArrayList<>();
        for (int number : search.find(typed, FunctionProposals.MOST)) {
            found.add(sorted.get(number));
        }
        return found;
    }
}
