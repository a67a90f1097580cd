// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;

/** A rule names what the probed function does not have; another function that its glob matches may. */
public final class AbsentException extends DiagnosticException {
    public AbsentException(Span span, String message, String hint) {
        super(new Diagnostic(span, message, hint));
    }
}
