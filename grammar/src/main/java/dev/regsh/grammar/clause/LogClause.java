// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Span;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code log [EXPRESSION, ...]}: sends an event with these values. */
public record LogClause(List<Expression> values, Span span) implements Clause.Action {
    private static final Pattern FIRST_WORD = Pattern.compile("^\\w*");

    static LogClause read(Operands operands) {
        return new LogClause(operands.expressions(), operands.span());
    }

    /** A first value that begins with a clause word might be taken for the clause. */
    @Override
    public String written() {
        String text = values.stream().map(Expression::written).collect(Collectors.joining(", "));
        Matcher first = FIRST_WORD.matcher(text);
        if (first.find() && ClauseKind.named(first.group()).isPresent()) {
            String value = values.get(0).written();
            text = "(" + value + ")" + text.substring(value.length());
        }
        return ("log " + text).strip();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitLog(this);
    }
}
