// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.ast;

import java.time.Duration;
import java.util.List;

/** One clause of a rule; they may stand in any order. */
public sealed interface Clause extends Node {

    record When(Expression condition, Span span) implements Clause {}

    /** Process ids as user space sees them (the kernel's tgid). */
    record Pid(List<Long> pids, Span span) implements Clause {}

    /** A thread id (the kernel's pid). */
    record Tid(long tid, Span span) implements Clause {}

    record Uid(long uid, Span span) implements Clause {}

    record Comm(String comm, Span span) implements Clause {}

    /** A folder below the cgroup2 root, or its absolute path. */
    record Cgroup(String path, Span span) implements Clause {}

    record Caller(FunctionName function, Span span) implements Clause {}

    record Skip(long hits, Span span) implements Clause {}

    record Every(long hits, Span span) implements Clause {}

    record Limit(long times, Span span) implements Clause {}

    /** @param millionths the chance in millionths: 10% is 100,000 */
    record Chance(int millionths, Span span) implements Clause {}

    record For(Duration duration, Span span) implements Clause {}

    /** Registers and parameters; a {@code ret=} among them is a {@link Ret} of its own. */
    record Set(List<Assignment> assignments, Span span) implements Clause {}

    record Ret(Expression value, Span span) implements Clause {}

    record Goto(FunctionName function, Span span) implements Clause {}

    /** @param place an {@link Expression.Memory}, {@link Expression.Field} or {@link Expression.Index} */
    record Write(Expression place, Expression value, Span span) implements Clause {}

    /** @param name as {@code kill -l} has it, without SIG: {@code KILL} */
    record Signal(String name, Span span) implements Clause {}

    record Log(List<Expression> values, Span span) implements Clause {}

    record As(String name, Span span) implements Clause {}

    record Force(Span span) implements Clause {}
}
