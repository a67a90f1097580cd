// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.build;

import dev.regsh.grammar.ast.FunctionName;
import dev.regsh.grammar.ast.Probe;
import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of a probe to its parts: a path splits at its last colon outside quotes, an offset is a final {@code +N}. */
final class ProbeBuilder {
    /** {@code libc.so.6:}; no kernel module is named so. */
    private static final Pattern LIBRARY = Pattern.compile("[^:\"]+\\.so(\\.[0-9.]+)?[:+]");

    private final Map<String, String> variables;

    ProbeBuilder(Map<String, String> variables) {
        this.variables = variables;
    }

    Probe probe(String written, Span span) {
        String text = Variables.expand(written, variables, span);
        boolean path = text.indexOf('/') >= 0 || text.startsWith("\"") || LIBRARY.matcher(text).lookingAt();
        return path ? user(text, span) : kernel(text, span);
    }

    private static Probe user(String text, Span span) {
        int colon = -1;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '"') {
                quoted = !quoted;
            } else if (text.charAt(at) == ':' && !quoted) {
                colon = at;
            }
        }
        int plus = offsetAt(text, Math.max(colon, 0));
        String body = plus < 0 ? text : text.substring(0, plus);
        long offset = plus < 0 ? 0 : Literals.number(text.substring(plus + 1), span);
        if (colon < 0) {
            if (plus < 0) {
                throw new DiagnosticException(new Diagnostic(span, "'" + text + "' names no place in the file",
                        "write PATH:SYMBOL or PATH+OFFSET"));
            }
            return new Probe.UserOffset(unquote(body), offset, span);
        }
        String path = unquote(body.substring(0, colon));
        String symbol = unquote(body.substring(colon + 1));
        if (path.isEmpty() || symbol.isEmpty()) {
            throw new DiagnosticException(new Diagnostic(span, "'" + text + "' lacks a path or a symbol",
                    "write PATH:SYMBOL"));
        }
        return new Probe.UserSymbol(path, symbol, offset, span);
    }

    private static String unquote(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** Where a final {@code +NUMBER} starts, or -1. */
    private static int offsetAt(String text, int from) {
        int plus = text.lastIndexOf('+');
        return plus > from && plus + 1 < text.length() && Character.isDigit(text.charAt(plus + 1)) ? plus : -1;
    }

    private static Probe kernel(String text, Span span) {
        int plus = text.indexOf('+');
        String body = plus < 0 ? text : text.substring(0, plus);
        long offset = 0;
        if (plus >= 0) {
            String written = text.substring(plus + 1);
            if (written.isEmpty() || !Character.isDigit(written.charAt(0))) {
                throw new DiagnosticException(new Diagnostic(span, "'" + written + "' is no offset",
                        "an offset is a number of bytes, as in vfs_read+0x10"));
            }
            offset = Literals.number(written, span);
        }
        if (body.indexOf('*') >= 0 || body.indexOf('?') >= 0) {
            int colon = body.indexOf(':');
            if (plus >= 0) {
                throw new DiagnosticException(new Diagnostic(span, "a glob cannot have an offset"));
            }
            return new Probe.KernelGlob(colon < 0 ? Optional.empty() : Optional.of(body.substring(0, colon)),
                    body.substring(colon + 1), span);
        }
        FunctionName name = function(body, span);
        return new Probe.KernelFunction(name.module(), name.function(), name.address(), offset, span);
    }

    /** {@code [module:]function[@address]}. */
    static FunctionName function(String text, Span span) {
        int at = text.indexOf('@');
        String body = at < 0 ? text : text.substring(0, at);
        long address = at < 0 ? 0 : Literals.number(text.substring(at + 1), span);
        int colon = body.indexOf(':');
        String function = body.substring(colon + 1);
        String module = colon < 0 ? "" : body.substring(0, colon);
        if (!isName(function) || colon >= 0 && !isName(module.replace('-', '_'))) {
            throw new DiagnosticException(new Diagnostic(span, "'" + text + "' is not a function name",
                    "write FUNCTION, MODULE:FUNCTION or PATH:SYMBOL (a path has a /)"));
        }
        return new FunctionName(colon < 0 ? Optional.empty() : Optional.of(module), function, address, span);
    }

    private static boolean isName(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.';
            if (!letter && (at == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
