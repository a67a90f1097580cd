// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.clause;

import dev.regsh.base.text.Quoted;
import dev.regsh.grammar.antlr.RegshParser;
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
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** What stands behind the word of a clause or statement, taken by kind: whoever asks for a kind has one in its grammar. */
public final class Operands {
    private final ParserRuleContext tree;
    private final Locations locations;
    private final Map<String, String> variables;

    /** @param variables the script variables and their values */
    public Operands(ParserRuleContext tree, Locations locations, Map<String, String> variables) {
        this.tree = tree;
        this.locations = locations;
        this.variables = variables;
    }

    /** Where all of it stands, the word included. */
    public Span span() {
        return locations.span(tree);
    }

    public Expression expression() {
        return expression(tree);
    }

    public List<Expression> expressions() {
        return tree.getRuleContexts(RegshParser.ExpressionContext.class).stream().map(builder()::visit).toList();
    }

    /** What stands before the {@code =} of {@code write}. */
    Expression place() {
        return builder().visit(tree.getRuleContext(RegshParser.PostfixContext.class, 0));
    }

    List<Assignment> assignments() {
        return tree.getRuleContexts(RegshParser.AssignmentContext.class).stream().map(this::assignment).toList();
    }

    private Assignment assignment(RegshParser.AssignmentContext each) {
        String target = each.target().getText();
        boolean parameter = target.startsWith("$");
        return new Assignment(parameter ? target.substring(1) : target, parameter, expression(each),
                locations.span(each.target()), locations.span(each));
    }

    /** A number of times. */
    public long count() {
        return number(first(RegshParser.NumberContext.class), Long.MAX_VALUE);
    }

    /** What names a process, thread or user. */
    long id() {
        return id(first(RegshParser.NumberContext.class));
    }

    List<Long> ids() {
        return tree.getRuleContexts(RegshParser.NumberContext.class).stream().map(this::id).toList();
    }

    private long id(RegshParser.NumberContext number) {
        return number(number, 0xffffffffL);
    }

    private long number(RegshParser.NumberContext number, long most) {
        Span span = locations.span(number);
        String written = Variables.expand(number.getText(), variables, span);
        long value = LiteralReader.number(written, span);
        if (value < 0 || value > most) {
            throw new DiagnosticException(new Diagnostic(span, Quoted.of(written) + " is too large here",
                    "at most " + most));
        }
        return value;
    }

    /** Where the number stands. */
    Span numberSpan() {
        return locations.span(first(RegshParser.NumberContext.class));
    }

    public Duration duration() {
        RegshParser.DurationContext duration = first(RegshParser.DurationContext.class);
        Span span = locations.span(duration);
        return LiteralReader.duration(Variables.expand(duration.getText(), variables, span), span);
    }

    /** A percentage in millionths. */
    int millionths() {
        RegshParser.PercentContext percent = first(RegshParser.PercentContext.class);
        Span span = locations.span(percent);
        return LiteralReader.millionths(Variables.expand(percent.getText(), variables, span), span);
    }

    public String name() {
        return first(RegshParser.NameContext.class).getText();
    }

    /** Where the name stands. */
    public Span nameSpan() {
        return locations.span(first(RegshParser.NameContext.class));
    }

    String string() {
        Token string = tree.getToken(RegshParser.STRING, 0).getSymbol();
        return LiteralReader.string(string.getText(), variables, locations.span(string));
    }

    /** A path that makes one token with the clause's word, in quotes or without. */
    String path() {
        String path = inWord();
        return path.startsWith("\"") ? LiteralReader.string(path, variables, span())
                : Variables.expand(path, variables, span());
    }

    /** A function that makes one token with the clause's word. */
    FunctionName function() {
        String written = inWord();
        Span span = locations.tail(tree.getStart(), written.length());
        return ProbeReader.function(Variables.expand(written, variables, span), span);
    }

    private String inWord() {
        String text = tree.getStart().getText();
        return text.substring(start(text));
    }

    /** Where the operand begins in a token that holds a clause's word and its operand. */
    public static int start(String token) {
        int at = 0;
        while (Character.isLetter(token.charAt(at))) {
            at++;
        }
        while ("\\ \t\r\n\f".indexOf(token.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private Expression expression(ParserRuleContext within) {
        return builder().visit(within.getRuleContext(RegshParser.ExpressionContext.class, 0));
    }

    private ExpressionBuilder builder() {
        return new ExpressionBuilder(locations, variables);
    }

    private <T extends ParserRuleContext> T first(Class<T> kind) {
        return tree.getRuleContext(kind, 0);
    }
}
