// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.token.Slot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may stand at the cursor of an unfinished text, for completion.
 *
 * @param start where the word under the cursor begins; what completes it replaces the text from here to the cursor
 * @param prefix the part of that word before the cursor, without quotes or a leading <code>${</code>
 * @param quoted the word is in a string or path whose quote is still open
 * @param slots the kinds of things that may stand there; empty in comments and after {@code !}
 * @param keywords the words of the language that may stand there, clauses already said left out; not filtered by the prefix
 * @param words the words of the statement before this one, if it is a command of the shell
 * @param probe what the rule is attached to, once it is written
 * @param after the rule runs at the function's return
 * @param clause the first word of the clause being written ({@code pid}, {@code ret}), or nothing
 * @param target what the value being written goes to (a register, a parameter, {@code ret}), or nothing
 * @param base whose field is asked for, at {@link Slot#FIELD}
 */
public record Expectation(int start, String prefix, boolean quoted, Set<Slot> slots, Set<String> keywords,
        List<String> words, Optional<Probe> probe, boolean after, String clause, String target,
        Optional<Expression> base) {

    /** What may stand at {@code cursor}; what comes behind it is not looked at. */
    public static Expectation at(String text, int cursor) {
        return new CursorReader(text.substring(0, cursor)).read();
    }

    /** Whether that kind of thing may stand there. */
    public boolean wants(Slot slot) {
        return slots.contains(slot);
    }
}
