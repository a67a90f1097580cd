// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.statement;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.ClauseBuilder;
import dev.regsh.grammar.clause.GotoClause;
import dev.regsh.grammar.clause.RetClause;
import dev.regsh.grammar.clause.SetClause;
import dev.regsh.grammar.clause.WhenClause;
import dev.regsh.grammar.clause.WriteClause;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.ExpressionBuilder;
import dev.regsh.grammar.probe.ProbeReader;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.token.Locations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parse tree of one statement to its AST, with the checks that need no knowledge of the kernel. */
public final class StatementBuilder {
    private final Locations locations;
    private final ClauseBuilder clauses;
    private final ExpressionBuilder expressions;
    private final ProbeReader probes;

    public StatementBuilder(Locations locations, Map<String, String> variables) {
        this.locations = locations;
        this.clauses = new ClauseBuilder(locations, variables);
        this.expressions = new ExpressionBuilder(locations, variables);
        this.probes = new ProbeReader(variables);
    }

    public Statement build(RegshParser.StatementContext tree) {
        Span span = locations.span(tree.getStart()).to(locations.span(tree.getStop()));
        if (tree.rule_() != null) {
            return rule(tree.rule_());
        } else if (tree.EXPECT() != null) {
            return new Statement.Expect(expressions.visit(tree.expression()), span);
        } else if (tree.SLEEP() != null) {
            return new Statement.Sleep(clauses.duration(tree.duration()), span);
        } else if (tree.WAIT() != null) {
            return waiting(tree, span);
        } else if (tree.LET() != null) {
            return new Statement.Let(tree.name().getText(), expressions.visit(tree.expression()), span);
        }
        String way = tree.name().getText();
        if (!way.equals("stop") && !way.equals("continue")) {
            throw new DiagnosticException(new Diagnostic(locations.span(tree.name()), "unexpected '" + way + "'",
                    "write onerror stop or onerror continue"));
        }
        return new Statement.OnError(way.equals("stop"), span);
    }

    private Statement waiting(RegshParser.StatementContext tree, Span span) {
        if (tree.duration() != null) {
            return new Statement.Sleep(clauses.duration(tree.duration()), span);
        }
        if (!tree.counter.getText().equals("fired")) {
            throw new DiagnosticException(new Diagnostic(locations.span(tree.counter),
                    "unexpected '" + tree.counter.getText() + "'", "write wait DURATION or wait NAME fired N"));
        }
        return new Statement.Wait(tree.ruleName.getText(), clauses.count(tree.number()), span);
    }

    private Rule rule(RegshParser.Rule_Context tree) {
        List<Clause> built = new ArrayList<>();
        for (RegshParser.ClauseContext clause : tree.clause()) {
            built.addAll(clauses.visit(clause));
        }
        checkOnce(built);
        Span probeSpan = locations.span(tree.PROBE_TEXT().getSymbol());
        return new Rule(tree.DRY() != null, tree.AFTER() != null, probes.probe(tree.PROBE_TEXT().getText(), probeSpan),
                List.copyOf(built), locations.span(tree));
    }

    /** A clause said twice is a slip; only writes and logs may come several times. */
    private static void checkOnce(List<Clause> clauses) {
        Set<Class<?>> seen = new HashSet<>();
        Set<String> targets = new HashSet<>();
        for (Clause clause : clauses) {
            if (clause instanceof SetClause set) {
                for (var assignment : set.assignments()) {
                    if (!targets.add((assignment.parameter() ? "$" : "") + assignment.target())) {
                        throw new DiagnosticException(new Diagnostic(assignment.targetSpan(),
                                "'" + assignment.target() + "' is set twice", "leave one of them out"));
                    }
                }
            } else if (!(clause instanceof WriteClause) && !seen.add(clause.getClass())) {
                String word = clause.getClass().getSimpleName().replaceAll("Clause$", "").toLowerCase(java.util.Locale.ROOT);
                throw new DiagnosticException(new Diagnostic(clause.span(), "a second " + word + " clause",
                        clause instanceof WhenClause ? "join the conditions with &&" : "leave one of them out"));
            }
        }
        if (seen.contains(RetClause.class) && seen.contains(GotoClause.class)) {
            Clause jump = clauses.stream().filter(GotoClause.class::isInstance).findFirst().orElseThrow();
            throw new DiagnosticException(new Diagnostic(jump.span(), "goto and ret= exclude each other",
                    "after ret= the function does not run, so nothing is left to go to"));
        }
    }
}
