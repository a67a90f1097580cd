// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

/**
 * Something that could stand at the cursor.
 *
 * @param text what would replace the word typed so far
 * @param description for the list; empty: there is nothing to say
 * @param group what is listed together, in order of the first of each
 * @param closed nothing can be added to it: a blank follows
 */
public record Proposal(String text, String description, String group, boolean closed) {
    static Proposal word(String text, String description, String group) {
        return new Proposal(text, description, group, true);
    }

    /** Something that goes on: {@code ret=}, a folder, {@code btrfs:}. */
    static Proposal open(String text, String description, String group) {
        return new Proposal(text, description, group, false);
    }
}
