// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.diagnostic;

import dev.regsh.grammar.source.Span;

/**
 * One thing wrong with the input.
 *
 * @param span where
 * @param message what is wrong, in one sentence that starts in lower case and has no full stop
 * @param hint the remedy, in the same form; empty if there is none to name
 */
public record Diagnostic(Span span, String message, String hint) {
    public Diagnostic(Span span, String message) {
        this(span, message, "");
    }
}
