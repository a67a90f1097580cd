// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.base.text.Quoted;
import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.antlr.RegshParserBaseVisitor;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.expression.ExpressionBuilder;
import dev.regsh.grammar.literal.LiteralReader;
import dev.regsh.grammar.literal.Variables;
import dev.regsh.grammar.probe.FunctionName;
import dev.regsh.grammar.probe.ProbeReader;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.token.Locations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Parse trees of clauses to AST; one tree can make two clauses, since {@code set ... ret=} is a {@code ret=} too. */
public final class ClauseBuilder extends RegshParserBaseVisitor<List<Clause>> {
    private final Locations locations;
    private final Map<String, String> variables;
    private final ExpressionBuilder expressions;

    public ClauseBuilder(Locations locations, Map<String, String> variables) {
        this.locations = locations;
        this.variables = variables;
        this.expressions = new ExpressionBuilder(locations, variables);
    }

    /** A number of times. */
    public long count(RegshParser.NumberContext tree) {
        return number(tree, Long.MAX_VALUE);
    }

    /** What names a process, thread or user. */
    private long id(RegshParser.NumberContext tree) {
        return number(tree, 0xffffffffL);
    }

    private long number(RegshParser.NumberContext tree, long most) {
        Span span = locations.span(tree);
        String written = Variables.expand(tree.getText(), variables, span);
        long number = LiteralReader.number(written, span);
        if (number < 0 || number > most) {
            throw new DiagnosticException(new Diagnostic(span, Quoted.of(written) + " is too large here",
                    "at most " + most));
        }
        return number;
    }

    public Duration duration(RegshParser.DurationContext tree) {
        Span span = locations.span(tree);
        return LiteralReader.duration(Variables.expand(tree.getText(), variables, span), span);
    }

    @Override
    public List<Clause> visitWhenClause(RegshParser.WhenClauseContext tree) {
        return List.of(new WhenClause(expressions.visit(tree.expression()), locations.span(tree)));
    }

    @Override
    public List<Clause> visitPidClause(RegshParser.PidClauseContext tree) {
        return List.of(new PidClause(tree.number().stream().map(this::id).toList(), locations.span(tree)));
    }

    @Override
    public List<Clause> visitTidClause(RegshParser.TidClauseContext tree) {
        return List.of(new TidClause(id(tree.number()), locations.span(tree)));
    }

    @Override
    public List<Clause> visitUidClause(RegshParser.UidClauseContext tree) {
        return List.of(new UidClause(id(tree.number()), locations.span(tree)));
    }

    @Override
    public List<Clause> visitCommClause(RegshParser.CommClauseContext tree) {
        Span span = locations.span(tree);
        String comm = LiteralReader.string(tree.STRING().getText(), variables, locations.span(tree.STRING().getSymbol()));
        return List.of(new CommClause(comm, span));
    }

    @Override
    public List<Clause> visitCgroupClause(RegshParser.CgroupClauseContext tree) {
        Span span = locations.span(tree);
        String path = operand(tree.CGROUP_PATH(), "cgroup");
        return List.of(new CgroupClause(path.startsWith("\"") ? LiteralReader.string(path, variables, span)
                : Variables.expand(path, variables, span), span));
    }

    @Override
    public List<Clause> visitCallerClause(RegshParser.CallerClauseContext tree) {
        return List.of(new CallerClause(function(tree.CALLER_FUNCTION(), "caller"), locations.span(tree)));
    }

    @Override
    public List<Clause> visitSkipClause(RegshParser.SkipClauseContext tree) {
        return List.of(new SkipClause(count(tree.number()), locations.span(tree)));
    }

    @Override
    public List<Clause> visitEveryClause(RegshParser.EveryClauseContext tree) {
        long hits = count(tree.number());
        if (hits == 0) {
            throw new DiagnosticException(new Diagnostic(locations.span(tree.number()), "every 0th hit never comes",
                    "give 1 or more"));
        }
        return List.of(new EveryClause(hits, locations.span(tree)));
    }

    @Override
    public List<Clause> visitLimitClause(RegshParser.LimitClauseContext tree) {
        return List.of(new LimitClause(count(tree.number()), locations.span(tree)));
    }

    @Override
    public List<Clause> visitChanceClause(RegshParser.ChanceClauseContext tree) {
        Span span = locations.span(tree.percent());
        String percent = Variables.expand(tree.percent().getText(), variables, span);
        return List.of(new ChanceClause(LiteralReader.millionths(percent, span), locations.span(tree)));
    }

    @Override
    public List<Clause> visitForClause(RegshParser.ForClauseContext tree) {
        return List.of(new ForClause(duration(tree.duration()), locations.span(tree)));
    }

    @Override
    public List<Clause> visitSetClause(RegshParser.SetClauseContext tree) {
        List<Assignment> assignments = new ArrayList<>();
        List<Clause> clauses = new ArrayList<>();
        for (RegshParser.AssignmentContext each : tree.assignment()) {
            Expression value = expressions.visit(each.expression());
            String target = each.target().getText();
            Span span = locations.span(each);
            if (target.equals("ret")) {
                clauses.add(new RetClause(value, span));
                continue;
            }
            boolean parameter = target.startsWith("$");
            assignments.add(new Assignment(parameter ? target.substring(1) : target, parameter, value,
                    locations.span(each.target()), span));
        }
        if (!assignments.isEmpty()) {
            clauses.add(0, new SetClause(List.copyOf(assignments), locations.span(tree)));
        }
        return clauses;
    }

    @Override
    public List<Clause> visitRetClause(RegshParser.RetClauseContext tree) {
        return List.of(new RetClause(expressions.visit(tree.expression()), locations.span(tree)));
    }

    @Override
    public List<Clause> visitGotoClause(RegshParser.GotoClauseContext tree) {
        return List.of(new GotoClause(function(tree.GOTO_FUNCTION(), "goto"), locations.span(tree)));
    }

    @Override
    public List<Clause> visitWriteClause(RegshParser.WriteClauseContext tree) {
        Expression place = expressions.visit(tree.postfix());
        boolean writable = place instanceof Expression.Memory || place instanceof Expression.Field
                || place instanceof Expression.Index;
        if (!writable) {
            throw new DiagnosticException(new Diagnostic(place.span(), "only memory can be written",
                    "write u32[ADDRESS]=VALUE or write pointer->field=VALUE; for registers: set"));
        }
        return List.of(new WriteClause(place, expressions.visit(tree.expression()), locations.span(tree)));
    }

    @Override
    public List<Clause> visitSignalClause(RegshParser.SignalClauseContext tree) {
        String name = tree.name().getText();
        return List.of(new SignalClause(name.startsWith("SIG") ? name.substring(3) : name, locations.span(tree)));
    }

    @Override
    public List<Clause> visitLogClause(RegshParser.LogClauseContext tree) {
        return List.of(new LogClause(tree.expression().stream().map(expressions::visit).toList(), locations.span(tree)));
    }

    @Override
    public List<Clause> visitAsClause(RegshParser.AsClauseContext tree) {
        return List.of(new AsClause(tree.name().getText(), locations.span(tree)));
    }

    @Override
    public List<Clause> visitForceClause(RegshParser.ForceClauseContext tree) {
        return List.of(new ForceClause(locations.span(tree)));
    }

    /** What stands behind a clause word in the same token. */
    private static String operand(TerminalNode token, String word) {
        String text = token.getText();
        int at = word.length();
        while ("\\ \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(at);
    }

    private FunctionName function(TerminalNode token, String word) {
        String written = operand(token, word);
        Span span = locations.tail(token.getSymbol(), written.length());
        return ProbeReader.function(Variables.expand(written, variables, span), span);
    }
}
