// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.follow;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.token.Slot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/**
 * What may stand at one place of a statement, given the tokens before it.
 *
 * @param slots the kinds of things
 * @param keywords the words of the language: clauses not said yet, types, {@code stop}
 * @param symbols single signs that are needed here to go on: {@code =}, {@code )}
 * @param clause the first word of the clause that is being written, or nothing
 * @param target what the value that is being written is assigned to ({@code ret}, a register or parameter), or nothing
 * @param types the token types
 */
public record Follow(Set<Slot> slots, Set<String> keywords, Set<String> symbols, String clause, String target,
        IntervalSet types) {

    /** What may stand in place of the token at {@code caret}. */
    public static Follow at(List<? extends Token> tokens, int caret) {
        return new FollowReader(tokens, caret).read();
    }

    /** The clause whose word a name is that makes one token with its operand, and stands here without it. */
    public Optional<ClauseKind> lacksOperand(Token name) {
        return ClauseKind.named(name.getText()).filter(kind -> name.getType() == RegshParser.NAME && allows(kind.token()));
    }

    /** Whether a token of that type may stand here. */
    public boolean allows(int type) {
        return types.contains(type);
    }
}
