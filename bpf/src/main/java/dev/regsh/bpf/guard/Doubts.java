// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.guard;

import dev.regsh.bpf.symbol.TaskSource;
import dev.regsh.grammar.clause.CallerClause;
import dev.regsh.grammar.clause.CgroupClause;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.CommClause;
import dev.regsh.grammar.clause.ForClause;
import dev.regsh.grammar.clause.PidClause;
import dev.regsh.grammar.clause.TidClause;
import dev.regsh.grammar.clause.UidClause;
import dev.regsh.grammar.clause.WhenClause;
import java.util.Optional;

/** Why a clause does not show that its rule leaves the tasks alone that let go of rules; empty: it does; "": it says nothing of tasks. */
final class Doubts implements Clause.Selector.Visitor<Optional<String>> {
    private static final Optional<String> NOTHING = Optional.of("");

    private final TaskSource tasks;

    Doubts(TaskSource tasks) {
        this.tasks = tasks;
    }

    @Override
    public Optional<String> visitPid(PidClause pid) {
        return pid.pids().stream().flatMap(each -> tasks.lettingGo(each).map(what -> "process " + each + " is " + what).stream())
                .findFirst();
    }

    @Override
    public Optional<String> visitTid(TidClause tid) {
        return tasks.lettingGo(tid.tid()).map(what -> "thread " + tid.tid() + " is " + what);
    }

    @Override
    public Optional<String> visitComm(CommClause comm) {
        return tasks.lettingGo(comm.comm()).map(what -> "'" + comm.comm() + "' is " + what);
    }

    @Override
    public Optional<String> visitUid(UidClause clause) {
        return NOTHING;
    }

    @Override
    public Optional<String> visitCgroup(CgroupClause clause) {
        return NOTHING;
    }

    @Override
    public Optional<String> visitCaller(CallerClause clause) {
        return NOTHING;
    }

    @Override
    public Optional<String> visitWhen(WhenClause clause) {
        return NOTHING;
    }

    @Override
    public Optional<String> visitFor(ForClause clause) {
        return NOTHING;
    }
}
