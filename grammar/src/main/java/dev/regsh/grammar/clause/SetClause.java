// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code set TARGET=EXPRESSION...}: writes registers and parameters; a {@code ret=} among them is a {@link RetClause} of
 * its own.
 */
public record SetClause(List<Assignment> assignments, Span span) implements Clause.Action {
    static List<Clause> read(Operands operands) {
        List<Assignment> assignments = new ArrayList<>();
        List<Clause> clauses = new ArrayList<>();
        for (Assignment each : operands.assignments()) {
            if (each.target().equals("ret") && !each.parameter()) {
                clauses.add(new RetClause(each.value(), each.span()));
            } else {
                assignments.add(each);
            }
        }
        if (!assignments.isEmpty()) {
            clauses.add(0, new SetClause(List.copyOf(assignments), operands.span()));
        }
        return clauses;
    }

    @Override
    public String written() {
        return "set " + assignments.stream().map(Assignment::written).collect(Collectors.joining(" "));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSet(this);
    }
}
