// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.statement;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.clause.Assignment;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.grammar.clause.Operands;
import dev.regsh.grammar.clause.RetClause;
import dev.regsh.grammar.clause.SetClause;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.probe.ProbeReader;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.token.Locations;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parse tree of one statement to its AST, with the checks that need no knowledge of the kernel. */
public final class StatementBuilder {
    private final Locations locations;
    private final Map<String, String> variables;

    public StatementBuilder(Locations locations, Map<String, String> variables) {
        this.locations = locations;
        this.variables = variables;
    }

    public Statement build(RegshParser.StatementContext tree) {
        if (tree.rule_() != null) {
            return rule(tree.rule_());
        }
        Operands operands = new Operands(tree, locations, variables);
        Span span = operands.span();
        return switch (tree.getStart().getType()) {
            case RegshParser.EXPECT -> new Statement.Expect(operands.expression(), span);
            case RegshParser.SLEEP -> new Statement.Sleep(operands.duration(), span);
            case RegshParser.WAIT -> waiting(tree, operands, span);
            case RegshParser.LET -> new Statement.Let(operands.name(), operands.expression(), span);
            default -> onError(operands, span);
        };
    }

    private Statement waiting(RegshParser.StatementContext tree, Operands operands, Span span) {
        if (tree.duration() != null) {
            return new Statement.Sleep(operands.duration(), span);
        }
        if (!tree.counter.getText().equals("fired")) {
            throw new DiagnosticException(new Diagnostic(locations.span(tree.counter),
                    "unexpected '" + tree.counter.getText() + "'", "write wait DURATION or wait NAME fired N"));
        }
        return new Statement.Wait(operands.name(), operands.count(), span);
    }

    private static Statement onError(Operands operands, Span span) {
        String way = operands.name();
        if (!way.equals("stop") && !way.equals("continue")) {
            throw new DiagnosticException(new Diagnostic(operands.nameSpan(), "unexpected '" + way + "'",
                    "write onerror stop or onerror continue"));
        }
        return new Statement.OnError(way.equals("stop"), span);
    }

    private Rule rule(RegshParser.Rule_Context tree) {
        List<Clause> built = new ArrayList<>();
        List<ClauseKind> kinds = new ArrayList<>();
        for (RegshParser.ClauseContext clause : tree.clause()) {
            ClauseKind kind = ClauseKind.of(clause.getStart().getType()).orElseThrow();
            for (Clause read : kind.read(new Operands(clause, locations, variables))) {
                built.add(read);
                kinds.add(read instanceof RetClause ? ClauseKind.RET : kind);
            }
        }
        checkOnce(built, kinds);
        Span probeSpan = locations.span(tree.PROBE_TEXT().getSymbol());
        return new Rule(tree.DRY() != null, tree.AFTER() != null,
                new ProbeReader(variables).probe(tree.PROBE_TEXT().getText(), probeSpan), List.copyOf(built), locations.span(tree));
    }

    /** A clause said twice is a slip, of most; targets said twice are one too. */
    private static void checkOnce(List<Clause> clauses, List<ClauseKind> kinds) {
        Set<ClauseKind> seen = EnumSet.noneOf(ClauseKind.class);
        Set<String> targets = new HashSet<>();
        for (int i = 0; i < clauses.size(); i++) {
            Clause clause = clauses.get(i);
            ClauseKind kind = kinds.get(i);
            if (!seen.add(kind) && !kind.isRepeatable()) {
                throw new DiagnosticException(new Diagnostic(clause.span(), "a second " + kind.word() + " clause",
                        kind == ClauseKind.WHEN ? "join the conditions with &&" : "leave one of them out"));
            }
            if (clause instanceof SetClause set) {
                checkTargets(set, targets);
            }
        }
        if (seen.contains(ClauseKind.RET) && seen.contains(ClauseKind.GOTO)) {
            Clause jump = clauses.get(kinds.indexOf(ClauseKind.GOTO));
            throw new DiagnosticException(new Diagnostic(jump.span(), "goto and ret= exclude each other",
                    "after ret= the function does not run, so nothing is left to go to"));
        }
    }

    private static void checkTargets(SetClause set, Set<String> targets) {
        for (Assignment assignment : set.assignments()) {
            if (!targets.add((assignment.parameter() ? "$" : "") + assignment.target())) {
                throw new DiagnosticException(new Diagnostic(assignment.targetSpan(),
                        "'" + assignment.target() + "' is set twice", "leave one of them out"));
            }
        }
    }
}
