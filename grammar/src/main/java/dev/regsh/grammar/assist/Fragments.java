// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.assist;

import dev.regsh.grammar.antlr.RegshParser;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.expression.ExpressionBuilder;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.probe.ProbeReader;
import dev.regsh.grammar.source.Span;
import dev.regsh.grammar.token.Locations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Parts of a statement that is still being typed; nothing where they do not parse. */
public final class Fragments {
    private Fragments() {}

    /** The text of a probe. */
    public static Optional<Probe> probe(String written) {
        try {
            return Optional.of(new ProbeReader(Map.of()).probe(written, Span.NONE));
        } catch (DiagnosticException unfinished) {
            return Optional.empty();
        }
    }

    /** An operand with its fields and indexes. */
    public static Optional<Expression> postfix(List<Token> tokens, Locations locations) {
        RegshParser parser = new RegshParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        try {
            return Optional.of(new ExpressionBuilder(locations, Map.of()).visit(parser.postfix()));
        } catch (ParseCancellationException | DiagnosticException unfinished) {
            return Optional.empty();
        }
    }
}
