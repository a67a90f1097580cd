// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.ProbeResolver;
import dev.regsh.bpf.resolve.Scope;
import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.bpf.symbol.KernelSymbol;
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
import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.statement.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The clauses that say when a rule applies; the cheap ones are asked first, memory last. */
final class SelectorChecker {
    private final CheckContext context;
    private final AttachPoint point;
    private final Scope scope;
    private final ExpressionTyper values;

    SelectorChecker(CheckContext context, AttachPoint point, Scope scope, ExpressionTyper values) {
        this.context = context;
        this.point = point;
        this.scope = scope;
        this.values = values;
    }

    List<Selector> selectors(Rule rule) {
        List<Selector> found = new ArrayList<>();
        for (Clause clause : rule.clauses()) {
            Selector selector = selector(clause);
            if (selector != null) {
                found.add(selector);
            }
        }
        found.sort(Comparator.comparingInt(SelectorChecker::cost));
        return found;
    }

    private Selector selector(Clause clause) {
        if (clause instanceof ForClause) {
            return new Selector.InTime(clause.span());
        } else if (clause instanceof PidClause pid) {
            return new Selector.OneOf(ContextName.PID, pid.pids(), pid.span());
        } else if (clause instanceof TidClause tid) {
            return new Selector.OneOf(ContextName.TID, List.of(tid.tid()), tid.span());
        } else if (clause instanceof UidClause uid) {
            return new Selector.OneOf(ContextName.UID, List.of(uid.uid()), uid.span());
        } else if (clause instanceof CommClause comm) {
            int length = comm.comm().getBytes(StandardCharsets.UTF_8).length;
            int most = new StringSource.Comm().most();
            if (length > most) {
                throw Errors.at(comm.span(), "a comm has at most " + most + " bytes, this has " + length,
                        "the kernel cuts longer names; compare the beginning: when comm ~ \"abc*\"");
            }
            return new Selector.Comm(comm.comm(), comm.span());
        } else if (clause instanceof CgroupClause cgroup) {
            CgroupSource.Cgroup found = context.cgroups().named(cgroup.path()).orElseThrow(() -> Errors.at(cgroup.span(),
                    "no cgroup '" + cgroup.path() + "'", "name a folder below the cgroup2 mount, /sys/fs/cgroup"));
            // Every task is in the root.
            return found.level() == 0 ? null : new Selector.Cgroup(found, cgroup.span());
        } else if (clause instanceof CallerClause caller) {
            return caller(caller);
        } else if (clause instanceof WhenClause when) {
            return new Selector.When(values.number(when.condition()), when.span());
        }
        return null;
    }

    private Selector caller(CallerClause caller) {
        if (point instanceof AttachPoint.User user) {
            return userCaller(caller, user);
        }
        FunctionName name = caller.function();
        KernelSymbol symbol = new ProbeResolver(context).function(name.module(), name.function(), name.address(),
                name.span());
        if (symbol.address() == 0) {
            throw Errors.at(caller.span(), "caller needs the address of " + symbol.name() + ", which the kernel hides",
                    "sysctl kernel.kptr_restrict=0, or run regsh as root");
        }
        return new Selector.Caller(symbol.address(), context.symbols().size(symbol), scope.atEntry(), false, caller.span());
    }

    private Selector userCaller(CallerClause caller, AttachPoint.User probe) {
        if (!scope.atEntry()) {
            throw Errors.at(caller.span(), "in a user program the caller is known at a function's entry only",
                    scope.after() ? "use on" : scope.remedy("leave the offset out"));
        }
        UserFunction function = UserFunction.of(context, probe, caller.function(), "caller");
        if (function.size() == 0) {
            throw Errors.at(caller.function().span(),
                    probe.path() + " does not tell where " + caller.function().function() + " ends",
                    "compare the return address: when u64[rsp] == ADDRESS");
        }
        return new Selector.Caller(function.distance(), function.size(), true, true, caller.span());
    }

    private static int cost(Selector selector) {
        if (selector instanceof Selector.InTime || selector instanceof Selector.OneOf) {
            return 0;
        } else if (selector instanceof Selector.Comm || selector instanceof Selector.Cgroup) {
            return 1;
        }
        return selector instanceof Selector.Caller ? 2 : 3;
    }
}
