// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.statement;

import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.Clauses;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.expression.ExpressionWriter;
import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.probe.ProbeWriter;

/**
 * The canonical text of a tree: parsing it gives the same tree, places aside. Script variables are gone, since a tree
 * holds their values.
 */
public final class Formatter {
    private Formatter() {}

    /** A statement on one line. */
    public static String format(Statement statement) {
        if (statement instanceof Rule rule) {
            return rule(rule);
        } else if (statement instanceof Statement.Command command) {
            return command.text();
        } else if (statement instanceof Statement.Shell shell) {
            return ("! " + shell.text()).strip();
        } else if (statement instanceof Statement.Expect expect) {
            return "expect " + format(expect.condition());
        } else if (statement instanceof Statement.Sleep sleep) {
            return "sleep " + LiteralWriter.duration(sleep.duration());
        } else if (statement instanceof Statement.Wait wait) {
            return "wait " + wait.rule() + " fired " + LiteralWriter.number(wait.times());
        } else if (statement instanceof Statement.Let let) {
            return "let " + let.name() + " = " + format(let.value());
        } else if (statement instanceof Statement.OnError onError) {
            return onError.stop() ? "onerror stop" : "onerror continue";
        }
        throw new IllegalStateException(statement.getClass().getName());
    }

    /** An expression, with the brackets it needs and no others. */
    public static String format(Expression expression) {
        return ExpressionWriter.format(expression);
    }

    public static String format(Probe probe) {
        return ProbeWriter.format(probe);
    }

    private static String rule(Rule rule) {
        StringBuilder text = new StringBuilder(rule.dry() ? "dry " : "").append(rule.after() ? "after " : "on ")
                .append(ProbeWriter.format(rule.probe()));
        for (Clause clause : rule.clauses()) {
            text.append(' ').append(Clauses.format(clause));
        }
        return text.toString();
    }
}
