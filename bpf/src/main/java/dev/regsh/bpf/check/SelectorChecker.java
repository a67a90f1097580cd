// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.typed.ContextName;
import dev.regsh.bpf.typed.Selector;
import dev.regsh.bpf.typed.StringSource;
import dev.regsh.grammar.clause.CallerClause;
import dev.regsh.grammar.clause.CgroupClause;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.CommClause;
import dev.regsh.grammar.clause.ForClause;
import dev.regsh.grammar.clause.PidClause;
import dev.regsh.grammar.clause.TidClause;
import dev.regsh.grammar.clause.UidClause;
import dev.regsh.grammar.clause.WhenClause;
import dev.regsh.grammar.statement.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The clauses that say when a rule applies; the cheap ones are asked first, memory last. Empty: every hit is meant. */
final class SelectorChecker implements Clause.Selector.Visitor<Optional<Selector>> {
    private final CheckContext context;
    private final ExpressionTyper values;
    private final CallerChecker callers;

    SelectorChecker(CheckContext context, AttachPoint point, Scope scope, ExpressionTyper values) {
        this.context = context;
        this.values = values;
        callers = new CallerChecker(context, point, scope);
    }

    List<Selector> selectors(Rule rule) {
        return rule.clauses(Clause.Selector.class).stream().flatMap(clause -> clause.accept(this).stream())
                .sorted(Comparator.comparingInt(Selector::cost)).toList();
    }

    @Override
    public Optional<Selector> visitFor(ForClause clause) {
        return Optional.of(new Selector.InTime(clause.span()));
    }

    @Override
    public Optional<Selector> visitPid(PidClause pid) {
        return Optional.of(new Selector.OneOf(ContextName.PID, pid.pids(), pid.span()));
    }

    @Override
    public Optional<Selector> visitTid(TidClause tid) {
        return Optional.of(new Selector.OneOf(ContextName.TID, List.of(tid.tid()), tid.span()));
    }

    @Override
    public Optional<Selector> visitUid(UidClause uid) {
        return Optional.of(new Selector.OneOf(ContextName.UID, List.of(uid.uid()), uid.span()));
    }

    @Override
    public Optional<Selector> visitComm(CommClause comm) {
        int length = comm.comm().getBytes(StandardCharsets.UTF_8).length;
        int most = new StringSource.Comm().most();
        if (length > most) {
            throw Errors.at(comm.span(), "a comm has at most " + most + " bytes, this has " + length,
                    "the kernel cuts longer names; compare the beginning: when comm ~ \"abc*\"");
        }
        return Optional.of(new Selector.Comm(comm.comm(), comm.span()));
    }

    @Override
    public Optional<Selector> visitCgroup(CgroupClause cgroup) {
        CgroupSource.Cgroup found = context.cgroups().named(cgroup.path()).orElseThrow(() -> Errors.at(cgroup.span(),
                "no cgroup '" + cgroup.path() + "'", "name a folder below the cgroup2 mount, /sys/fs/cgroup"));
        // Every task is in the root.
        return found.level() == 0 ? Optional.empty() : Optional.of(new Selector.Cgroup(found, cgroup.span()));
    }

    @Override
    public Optional<Selector> visitCaller(CallerClause caller) {
        return Optional.of(callers.caller(caller));
    }

    @Override
    public Optional<Selector> visitWhen(WhenClause when) {
        return Optional.of(new Selector.When(values.number(when.condition()), when.span()));
    }
}
