// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Span;
import java.util.List;

/** What is wrong with a rule, as the exception that says so. */
public final class Errors {
    /** What a hint begins with that offers names. */
    public static final String DID_YOU_MEAN = "did you mean ";

    private Errors() {}

    public static DiagnosticException at(Span span, String message, String hint) {
        return new DiagnosticException(new Diagnostic(span, message, hint));
    }

    public static DiagnosticException at(Span span, String message) {
        return at(span, message, "");
    }

    /** "did you mean a, b"; empty where nothing is near. */
    public static String didYouMean(List<String> names) {
        return names.isEmpty() ? "" : DID_YOU_MEAN + String.join(", ", names);
    }
}
