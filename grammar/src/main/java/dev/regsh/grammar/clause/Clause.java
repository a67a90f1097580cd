// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.source.Node;
import dev.regsh.grammar.source.Span;
import java.time.Duration;
import java.util.List;

/** One clause of a rule; they may stand in any order. */
public sealed interface Clause extends Node permits Clause.Selector, Clause.Share, Clause.Action, Clause.Remark {

    record When(Expression condition, Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitWhen(this);
        }
    }

    /** Process ids as user space sees them (the kernel's tgid). */
    record Pid(List<Long> pids, Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitPid(this);
        }
    }

    /** A thread id (the kernel's pid). */
    record Tid(long tid, Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitTid(this);
        }
    }

    record Uid(long uid, Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitUid(this);
        }
    }

    record Comm(String comm, Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitComm(this);
        }
    }

    /** A folder below the cgroup2 root, or its absolute path. */
    record Cgroup(String path, Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCgroup(this);
        }
    }

    record Caller(FunctionName function, Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCaller(this);
        }
    }

    record Skip(long hits, Span span) implements Share {}

    record Every(long hits, Span span) implements Share {}

    record Limit(long times, Span span) implements Share {}

    /** @param millionths the chance in millionths: 10% is 100,000 */
    record Chance(int millionths, Span span) implements Share {}

    record For(Duration duration, Span span) implements Share {}

    /** Registers and parameters; a {@code ret=} among them is a {@link Ret} of its own. */
    record Set(List<Assignment> assignments, Span span) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSet(this);
        }
    }

    record Ret(Expression value, Span span) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitRet(this);
        }
    }

    record Goto(FunctionName function, Span span) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitGoto(this);
        }
    }

    /** @param place an {@link Expression.Memory}, {@link Expression.Field} or {@link Expression.Index} */
    record Write(Expression place, Expression value, Span span) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitWrite(this);
        }
    }

    /** @param name as {@code kill -l} has it, without SIG: {@code KILL} */
    record Signal(String name, Span span) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSignal(this);
        }
    }

    record Log(List<Expression> values, Span span) implements Action {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLog(this);
        }
    }

    record As(String name, Span span) implements Remark {}

    record Force(Span span) implements Remark {}

    /** It says which hits a rule applies to. */
    sealed interface Selector extends Clause {
        <R> R accept(Visitor<R> visitor);

        /**
         * Answers for each selector; the compiler says who has forgotten a new one.
         *
         * @param <R> what is answered
         */
        interface Visitor<R> {
            R visitWhen(When selector);

            R visitPid(Pid selector);

            R visitTid(Tid selector);

            R visitUid(Uid selector);

            R visitComm(Comm selector);

            R visitCgroup(Cgroup selector);

            R visitCaller(Caller selector);
        }
    }

    /** It says how often, of the hits selected, a rule acts. */
    sealed interface Share extends Clause {}

    /** It says what a rule does. */
    sealed interface Action extends Clause {
        <R> R accept(Visitor<R> visitor);

        /**
         * Answers for each action; the compiler says who has forgotten a new one.
         *
         * @param <R> what is answered
         */
        interface Visitor<R> {
            R visitSet(Set action);

            R visitRet(Ret action);

            R visitGoto(Goto action);

            R visitWrite(Write action);

            R visitSignal(Signal action);

            R visitLog(Log action);
        }
    }

    /** It says how the rule itself is treated. */
    sealed interface Remark extends Clause {}
}
