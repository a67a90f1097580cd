// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.statement;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.source.Node;
import dev.regsh.grammar.source.Span;
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
    record Command(List<String> words, String text, Span span) implements Statement {
        @Override
        public String written() {
            return text;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitCommand(this);
        }
    }

    /** {@code ! text}: a line for /bin/sh, not looked into. */
    record Shell(String text, Span span) implements Statement {
        @Override
        public String written() {
            return ("! " + text).strip();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitShell(this);
        }
    }

    /** {@code expect condition}: fails the script unless it holds. */
    record Expect(Expression condition, Span span) implements Statement {
        @Override
        public String written() {
            return "expect " + condition.written();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitExpect(this);
        }
    }

    record Sleep(Duration duration, Span span) implements Statement {
        @Override
        public String written() {
            return "sleep " + LiteralWriter.duration(duration);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitSleep(this);
        }
    }

    /** {@code wait NAME fired times}: until that rule has fired so often. */
    record Wait(String rule, long times, Span span) implements Statement {
        @Override
        public String written() {
            return "wait " + rule + " fired " + LiteralWriter.number(times);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitWait(this);
        }
    }

    /** {@code let name = value}: {@code ${name}} stands for the value from here on. */
    record Let(String name, Expression value, Span span) implements Statement {
        @Override
        public String written() {
            return "let " + name + " = " + value.written();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitLet(this);
        }
    }

    /** {@code onerror stop} or {@code onerror continue}. */
    record OnError(boolean stop, Span span) implements Statement {
        @Override
        public String written() {
            return stop ? "onerror stop" : "onerror continue";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitOnError(this);
        }
    }

    <R> R accept(Visitor<R> visitor);

    /**
     * Answers for each kind of statement.
     *
     * @param <R> what is answered
     */
    interface Visitor<R> {
        R visitRule(Rule statement);

        R visitCommand(Command statement);

        R visitShell(Shell statement);

        R visitExpect(Expect statement);

        R visitSleep(Sleep statement);

        R visitWait(Wait statement);

        R visitLet(Let statement);

        R visitOnError(OnError statement);
    }
}
