// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/** The input cannot be used; every diagnostic found is carried, in the order of the source. */
public class DiagnosticException extends RuntimeException {
    private final transient List<Diagnostic> diagnostics;

    public DiagnosticException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::message).collect(Collectors.joining("; ")), null, false, false);
        this.diagnostics = List.copyOf(diagnostics);
    }

    public DiagnosticException(Diagnostic diagnostic) {
        this(List.of(diagnostic));
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
