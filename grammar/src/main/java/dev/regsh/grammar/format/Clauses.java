// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.format;

import dev.regsh.grammar.ast.Assignment;
import dev.regsh.grammar.ast.Clause;
import dev.regsh.grammar.ast.Expression;
import dev.regsh.grammar.syntax.ClauseWords;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Clauses as text. */
final class Clauses {
    private static final Pattern PLAIN_PATH = Pattern.compile("/[\\w./@:,=+%-]*");
    private static final Pattern FIRST_WORD = Pattern.compile("^\\w*");

    private Clauses() {}

    static String format(Clause clause) {
        if (clause instanceof Clause.When when) {
            return "when " + Expressions.format(when.condition());
        } else if (clause instanceof Clause.Pid pid) {
            return "pid " + pid.pids().stream().map(Literals::number).collect(Collectors.joining(", "));
        } else if (clause instanceof Clause.Tid tid) {
            return "tid " + Literals.number(tid.tid());
        } else if (clause instanceof Clause.Uid uid) {
            return "uid " + Literals.number(uid.uid());
        } else if (clause instanceof Clause.Comm comm) {
            return "comm " + Literals.string(comm.comm());
        } else if (clause instanceof Clause.Cgroup cgroup) {
            boolean plain = PLAIN_PATH.matcher(cgroup.path()).matches();
            return "cgroup " + (plain ? cgroup.path() : Literals.string(cgroup.path()));
        } else if (clause instanceof Clause.Caller caller) {
            return "caller " + Probes.format(caller.function());
        } else if (clause instanceof Clause.Goto target) {
            return "goto " + Probes.format(target.function());
        } else if (clause instanceof Clause.Set set) {
            return "set " + set.assignments().stream().map(Clauses::assignment).collect(Collectors.joining(" "));
        } else if (clause instanceof Clause.Ret ret) {
            return "ret=" + Expressions.format(ret.value());
        } else if (clause instanceof Clause.Write write) {
            return "write " + Expressions.format(write.place()) + " = " + Expressions.format(write.value());
        } else if (clause instanceof Clause.Log log) {
            return ("log " + values(log.values())).strip();
        }
        return count(clause);
    }

    private static String count(Clause clause) {
        if (clause instanceof Clause.Skip skip) {
            return "skip " + Literals.number(skip.hits());
        } else if (clause instanceof Clause.Every every) {
            return "every " + Literals.number(every.hits());
        } else if (clause instanceof Clause.Limit limit) {
            return "limit " + Literals.number(limit.times());
        } else if (clause instanceof Clause.Chance chance) {
            return "chance " + Literals.percent(chance.millionths());
        } else if (clause instanceof Clause.For duration) {
            return "for " + Literals.duration(duration.duration());
        } else if (clause instanceof Clause.Signal signal) {
            return "signal " + signal.name();
        } else if (clause instanceof Clause.As as) {
            return "as " + as.name();
        } else if (clause instanceof Clause.Force) {
            return "force";
        }
        throw new IllegalStateException(clause.getClass().getName());
    }

    private static String assignment(Assignment assignment) {
        return (assignment.parameter() ? "$" : "") + assignment.target() + "=" + Expressions.format(assignment.value());
    }

    /** A first value that begins with a clause word might be taken for the clause. */
    private static String values(List<Expression> values) {
        String text = values.stream().map(Expressions::format).collect(Collectors.joining(", "));
        var first = FIRST_WORD.matcher(text);
        if (first.find() && ClauseWords.isWord(first.group())) {
            String value = Expressions.format(values.get(0));
            return "(" + value + ")" + text.substring(value.length());
        }
        return text;
    }
}
