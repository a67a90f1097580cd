// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import java.util.Objects;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** Makes what Tab proposes. */
public final class Proposal {
    private Proposal() {}

    /**
     * A proposal.
     *
     * @param text what comes into the line
     * @param description what is shown beside it; may be empty
     * @param group the heading it is listed under
     * @param closed a blank follows
     */
    public static CompletionProposal of(String text, String description, String group, boolean closed) {
        return new CompletionProposal(text).description(description).category(group).complete(closed);
    }

    /** The same as another, with another text. */
    static CompletionProposal like(CompletionProposal other, String text) {
        return of(text, description(other), group(other), other.complete());
    }

    /** Empty: nothing is shown beside it. */
    public static String description(CompletionProposal proposal) {
        return Objects.requireNonNullElse(proposal.description(), "");
    }

    /** The heading it is listed under; empty: none. */
    public static String group(CompletionProposal proposal) {
        return Objects.requireNonNullElse(proposal.category(), "");
    }

    /** Something that is whole. */
    public static CompletionProposal word(String text, String description, String group) {
        return of(text, description, group, true);
    }

    /** Something that goes on: {@code ret=}, a folder, {@code btrfs:}. */
    public static CompletionProposal open(String text, String description, String group) {
        return of(text, description, group, false);
    }
}
