// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.follow;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** A rule of the grammar begun at a token, with everyone who begins it there. */
final class Call {
    private final int rule;
    private final int start;
    private final Set<Call> callers = new LinkedHashSet<>();
    private final BitSet lengths = new BitSet();
    private final IntervalSet expected = new IntervalSet();

    Call(int rule, int start) {
        this.rule = rule;
        this.start = start;
    }

    int rule() {
        return rule;
    }

    /** The index of the first token it reads. */
    int start() {
        return start;
    }

    /** The rules that begin it. */
    Set<Call> callers() {
        return callers;
    }

    /** How many tokens it may read. */
    BitSet lengths() {
        return lengths;
    }

    /** The token types this rule itself could read where the walk ended. */
    IntervalSet expected() {
        return expected;
    }

    /** The innermost call of a rule round this one, or null. */
    @Nullable
    Call within(int wanted) {
        return within(wanted, new LinkedHashSet<>());
    }

    private @Nullable Call within(int wanted, Set<Call> seen) {
        if (rule == wanted) {
            return this;
        }
        for (Call caller : callers) {
            Call found = seen.add(caller) ? caller.within(wanted, seen) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
