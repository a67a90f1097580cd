// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.ast;

import java.time.Duration;
import java.util.List;

/** One statement of a session or script. */
public sealed interface Statement extends Node permits Rule, Statement.Command, Statement.Shell, Statement.Expect,
        Statement.Sleep, Statement.Wait, Statement.Let, Statement.OnError {

    /**
     * A command of the shell.
     *
     * @param words its words, quotes resolved
     */
    record Command(List<String> words, String text, Span span) implements Statement {}

    /** {@code ! text}: a line for /bin/sh, not looked into. */
    record Shell(String text, Span span) implements Statement {}

    /** {@code expect condition}: fails the script unless it holds. */
    record Expect(Expression condition, Span span) implements Statement {}

    record Sleep(Duration duration, Span span) implements Statement {}

    /** {@code wait NAME fired times}: until that rule has fired so often. */
    record Wait(String rule, long times, Span span) implements Statement {}

    /** {@code let name = value}: {@code ${name}} stands for the value from here on. */
    record Let(String name, Expression value, Span span) implements Statement {}

    /** {@code onerror stop} or {@code onerror continue}. */
    record OnError(boolean stop, Span span) implements Statement {}
}
