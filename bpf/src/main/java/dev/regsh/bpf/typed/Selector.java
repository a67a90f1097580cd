// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

import dev.regsh.bpf.symbol.CgroupSource;
import dev.regsh.grammar.source.Span;
import java.util.List;

/** A condition that every hit must meet to count. */
public sealed interface Selector {
    /** What is done with each kind of selector. */
    interface Visitor<R> {
        R visitInTime(InTime selector);

        R visitOneOf(OneOf selector);

        R visitComm(Comm selector);

        R visitCgroup(Cgroup selector);

        R visitCaller(Caller selector);

        R visitWhen(When selector);
    }

    <R> R accept(Visitor<R> visitor);

    Span span();

    /** What asking costs against others: 0 for what is at hand, 3 for what computes and reads memory. */
    default int cost() {
        return 0;
    }

    /** What it computes. */
    default List<Expr> operands() {
        return List.of();
    }

    /** Asking takes memory, which may not be readable. */
    default boolean reads() {
        return false;
    }

    /** {@code for}: the time is not over. */
    record InTime(Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitInTime(this);
        }
    }

    /** @param name PID, TID or UID */
    record OneOf(ContextName name, List<Long> values, Span span) implements Selector {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOneOf(this);
        }
    }

    record Comm(String name, Span span) implements Selector {
        @Override
        public int cost() {
            return 1;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitComm(this);
        }
    }

    /** The task is in that cgroup or below it. */
    record Cgroup(CgroupSource.Cgroup cgroup, Span span) implements Selector {
        @Override
        public int cost() {
            return 1;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCgroup(this);
        }
    }

    /**
     * The function is among the callers, immediate or deeper.
     *
     * @param start where it begins: an address, or in a user program the distance from the probed instruction
     * @param immediate the return address is still on top of the stack
     */
    record Caller(long start, long size, boolean immediate, boolean user, Span span) implements Selector {
        @Override
        public int cost() {
            return 2;
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCaller(this);
        }
    }

    record When(Expr condition, Span span) implements Selector {
        @Override
        public int cost() {
            return 3;
        }

        @Override
        public boolean reads() {
            return condition.reads();
        }

        @Override
        public List<Expr> operands() {
            return List.of(condition);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitWhen(this);
        }
    }
}
