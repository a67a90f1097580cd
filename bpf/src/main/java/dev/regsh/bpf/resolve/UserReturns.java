// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.symbol.UserSymbolSource;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.statement.Rule;
import java.io.IOException;
import java.util.List;

/**
 * Where a rule at a user function's return is probed: at its return instructions. The kernel's own way, an address put in place
 * of the return address, kills programs that look at their stack: exceptions, panics, stacks that move.
 */
public final class UserReturns {
    private UserReturns() {}

    /**
     * The same point with the return instructions, or as it is where it has none that would do.
     *
     * @throws dev.regsh.grammar.diagnostic.DiagnosticException if they cannot be found and the other way may kill the program,
     *     unless {@code force}
     */
    public static AttachPoint settle(ResolveContext context, Rule rule, AttachPoint point) {
        if (!(point instanceof AttachPoint.User user) || !rule.after()) {
            return point;
        }
        if (user.entry() != AttachPoint.Entry.YES) {
            boolean unknown = user.entry() == AttachPoint.Entry.UNKNOWN;
            throw Errors.at(rule.probe().span(), unknown ? "nothing in the file says whether a function begins at " + user
                    : user + " is inside a function: after runs when a function returns",
                    unknown ? "if you know that one does, insist with force" : "name the function, or use on");
        }
        UserSymbolSource.Returns returns;
        try {
            returns = context.userSymbols().returns(user.path(), user.fileOffset());
        } catch (IOException unreadable) {
            throw Errors.at(rule.probe().span(), user.path() + ": " + unreadable.getMessage());
        }
        if (returns.missing().isEmpty()) {
            return user.at(returns.exits(), returns.lastCalls());
        }
        if (returns.deadly().isEmpty() || rule.clause(ForceClause.class).isPresent()) {
            return user.at(List.of(), List.of());
        }
        throw Errors.at(rule.probe().span(), "not every return can be seen: " + returns.missing(),
                "on PROBE ret=VALUE replaces the call; force hooks the return address, which may kill a program that unwinds its"
                        + " stack: " + returns.deadly());
    }
}
