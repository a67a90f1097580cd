// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.symbol.TaskSource;
import dev.regsh.grammar.clause.ForceClause;
import dev.regsh.grammar.clause.PidClause;
import dev.regsh.grammar.statement.Rule;
import java.util.List;

/** Rules for nobody but those whom programs leave alone: they would be attached and never hit. */
public final class Spared {
    private static final long INIT = 1;

    private Spared() {}

    /** @throws dev.regsh.grammar.diagnostic.DiagnosticException if all processes that the rule names are spared there */
    public static void check(TaskSource tasks, Rule rule, AttachPoint point) {
        PidClause clause = rule.clause(PidClause.class).orElse(null);
        if (clause == null || rule.clause(ForceClause.class).isPresent()) {
            return;
        }
        boolean user = point instanceof AttachPoint.User;
        List<Long> pids = clause.pids();
        if (pids.stream().allMatch(pid -> tasks.own(pid) || (user && pid == INIT))) {
            throw Errors
                    .at(clause.span(),
                            tasks.own(pids.get(0)) ? "process " + pids.get(0) + " is this session, which its rules leave alone"
                                    : "process 1 is left alone by rules at user functions: the machine ends with it",
                            "force insists");
        }
    }
}
