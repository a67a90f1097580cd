// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Node;

/** One clause of a rule; they may stand in any order. */
public sealed interface Clause extends Node permits Clause.Selector, Clause.Share, Clause.Action, Clause.Remark {

    /** It says which hits a rule applies to. */
    sealed interface Selector extends Clause permits WhenClause, PidClause, TidClause, UidClause, CommClause, CgroupClause,
            CallerClause, ForClause {
        <R> R accept(Visitor<R> visitor);

        /**
         * Answers for each selector; the compiler says who has forgotten a new one.
         *
         * @param <R> what is answered
         */
        interface Visitor<R> {
            R visitWhen(WhenClause selector);

            R visitPid(PidClause selector);

            R visitTid(TidClause selector);

            R visitUid(UidClause selector);

            R visitComm(CommClause selector);

            R visitCgroup(CgroupClause selector);

            R visitCaller(CallerClause selector);

            R visitFor(ForClause selector);
        }
    }

    /** It says how many of the hits that are selected a rule acts on. */
    sealed interface Share extends Clause permits SkipClause, EveryClause, ChanceClause, LimitClause {}

    /** It says what a rule does. */
    sealed interface Action extends Clause permits SetClause, RetClause, GotoClause, WriteClause, SignalClause, LogClause {
        <R> R accept(Visitor<R> visitor);

        /**
         * Answers for each action; the compiler says who has forgotten a new one.
         *
         * @param <R> what is answered
         */
        interface Visitor<R> {
            R visitSet(SetClause action);

            R visitRet(RetClause action);

            R visitGoto(GotoClause action);

            R visitWrite(WriteClause action);

            R visitSignal(SignalClause action);

            R visitLog(LogClause action);
        }
    }

    /** It says how the rule itself is treated. */
    sealed interface Remark extends Clause permits AsClause, ForceClause {}
}
