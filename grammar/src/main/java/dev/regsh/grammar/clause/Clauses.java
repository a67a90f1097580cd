// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.expression.ExpressionWriter;
import dev.regsh.grammar.literal.LiteralWriter;
import dev.regsh.grammar.probe.ProbeWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Clauses as text. */
public final class Clauses {
    private static final Pattern PLAIN_PATH = Pattern.compile("/[\\w./@:,=+%-]*");
    private static final Pattern FIRST_WORD = Pattern.compile("^\\w*");

    private Clauses() {}

    public static String format(Clause clause) {
        if (clause instanceof WhenClause when) {
            return "when " + ExpressionWriter.format(when.condition());
        } else if (clause instanceof PidClause pid) {
            return "pid " + pid.pids().stream().map(LiteralWriter::number).collect(Collectors.joining(", "));
        } else if (clause instanceof TidClause tid) {
            return "tid " + LiteralWriter.number(tid.tid());
        } else if (clause instanceof UidClause uid) {
            return "uid " + LiteralWriter.number(uid.uid());
        } else if (clause instanceof CommClause comm) {
            return "comm " + LiteralWriter.string(comm.comm());
        } else if (clause instanceof CgroupClause cgroup) {
            boolean plain = PLAIN_PATH.matcher(cgroup.path()).matches();
            return "cgroup " + (plain ? cgroup.path() : LiteralWriter.string(cgroup.path()));
        } else if (clause instanceof CallerClause caller) {
            return "caller " + ProbeWriter.format(caller.function());
        } else if (clause instanceof GotoClause target) {
            return "goto " + ProbeWriter.format(target.function());
        } else if (clause instanceof SetClause set) {
            return "set " + set.assignments().stream().map(Clauses::assignment).collect(Collectors.joining(" "));
        } else if (clause instanceof RetClause ret) {
            return "ret=" + ExpressionWriter.format(ret.value());
        } else if (clause instanceof WriteClause write) {
            return "write " + ExpressionWriter.format(write.place()) + " = " + ExpressionWriter.format(write.value());
        } else if (clause instanceof LogClause log) {
            return ("log " + values(log.values())).strip();
        }
        return count(clause);
    }

    private static String count(Clause clause) {
        if (clause instanceof SkipClause skip) {
            return "skip " + LiteralWriter.number(skip.hits());
        } else if (clause instanceof EveryClause every) {
            return "every " + LiteralWriter.number(every.hits());
        } else if (clause instanceof LimitClause limit) {
            return "limit " + LiteralWriter.number(limit.times());
        } else if (clause instanceof ChanceClause chance) {
            return "chance " + LiteralWriter.percent(chance.millionths());
        } else if (clause instanceof ForClause duration) {
            return "for " + LiteralWriter.duration(duration.duration());
        } else if (clause instanceof SignalClause signal) {
            return "signal " + signal.name();
        } else if (clause instanceof AsClause as) {
            return "as " + as.name();
        } else if (clause instanceof ForceClause) {
            return "force";
        }
        throw new IllegalStateException(clause.getClass().getName());
    }

    private static String assignment(Assignment assignment) {
        return (assignment.parameter() ? "$" : "") + assignment.target() + "=" + ExpressionWriter.format(assignment.value());
    }

    /** A first value that begins with a clause word might be taken for the clause. */
    private static String values(List<Expression> values) {
        String text = values.stream().map(ExpressionWriter::format).collect(Collectors.joining(", "));
        var first = FIRST_WORD.matcher(text);
        if (first.find() && ClauseWords.isWord(first.group())) {
            String value = ExpressionWriter.format(values.get(0));
            return "(" + value + ")" + text.substring(value.length());
        }
        return text;
    }
}
