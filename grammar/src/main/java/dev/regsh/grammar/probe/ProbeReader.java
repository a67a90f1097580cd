// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.probe;

import dev.regsh.base.text.Glob;
import dev.regsh.base.text.Quoted;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.literal.LiteralReader;
import dev.regsh.grammar.literal.Variables;
import dev.regsh.grammar.source.Span;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of a probe to its parts: a path splits at its last colon outside quotes, an offset is a final {@code +N}. */
public final class ProbeReader {
    /** {@code libc.so.6:}; no kernel module is named so. */
    private static final Pattern LIBRARY = Pattern.compile("[^:\"]+\\.so(\\.[0-9.]+)?[:+]");

    private final Map<String, String> variables;

    public ProbeReader(Map<String, String> variables) {
        this.variables = variables;
    }

    public Probe probe(String written, Span span) {
        // A variable may hold a whole probe; in quotes it is a part of the path, whatever it holds.
        String text = written.indexOf('"') >= 0 ? written : Variables.expand(written, variables, span);
        ForeignProbes.refuse(text, span);
        boolean path = text.indexOf('/') >= 0 || text.startsWith("\"") || LIBRARY.matcher(text).lookingAt();
        return path ? user(text, span) : kernel(text, span);
    }

    private Probe user(String text, Span span) {
        int colon = -1;
        int plus = -1;
        for (int at = 0; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> {
                    int end = LiteralReader.endOfString(text, at);
                    at = end < 0 ? text.length() : end - 1;
                }
                case ':' -> colon = at;
                case '+' -> plus = at;
                default -> {}
            }
        }
        boolean offset = plus > Math.max(colon, 0) && plus + 1 < text.length() && Character.isDigit(text.charAt(plus + 1));
        String body = offset ? text.substring(0, plus) : text;
        long bytes = offset ? offset(text.substring(plus + 1), span) : 0;
        if (colon < 0) {
            if (!offset) {
                throw new DiagnosticException(new Diagnostic(span, Quoted.of(text) + " names no place in the file",
                        "write PATH:SYMBOL or PATH+OFFSET"));
            }
            return new Probe.UserOffset(unquoted(body, span), bytes, span);
        }
        String path = unquoted(body.substring(0, colon), span);
        String symbol = unquoted(body.substring(colon + 1), span);
        if (path.isEmpty() || symbol.isEmpty()) {
            throw new DiagnosticException(new Diagnostic(span, Quoted.of(text) + " lacks a path or a symbol",
                    "write PATH:SYMBOL"));
        }
        if (Character.isDigit(symbol.charAt(0))) {
            throw new DiagnosticException(new Diagnostic(span, "no symbol is named " + Quoted.of(symbol),
                    "an offset in the file is PATH+" + symbol + ", one from a function's start PATH:SYMBOL+" + symbol));
        }
        return new Probe.UserSymbol(path, symbol, bytes, span);
    }

    private static long offset(String written, Span span) {
        long bytes = LiteralReader.number(written, span);
        if (bytes < 0) {
            throw new DiagnosticException(new Diagnostic(span, "no file or function is as long as " + Quoted.of(written)));
        }
        return bytes;
    }

    private String unquoted(String text, Span span) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? LiteralReader.string(text, variables, span) : text;
    }

    private static Probe kernel(String text, Span span) {
        int plus = text.indexOf('+');
        String body = plus < 0 ? text : text.substring(0, plus);
        long offset = 0;
        if (plus >= 0) {
            String written = text.substring(plus + 1);
            if (written.isEmpty() || !Character.isDigit(written.charAt(0))) {
                throw new DiagnosticException(new Diagnostic(span, Quoted.of(text) + " has no number after the +",
                        "an offset is a number of bytes, as in vfs_read+0x10"));
            }
            offset = offset(written, span);
        }
        if (Glob.isOne(body)) {
            int colon = body.indexOf(':');
            String pattern = body.substring(colon + 1);
            String module = colon < 0 ? "" : body.substring(0, colon);
            if (!isName(pattern.replace('*', '_').replace('?', '_')) || (colon >= 0 && !isModule(module))) {
                throw new DiagnosticException(new Diagnostic(span, Quoted.of(text) + " is not a glob of functions",
                        "write a name with * or ?, after MODULE: if need be"));
            }
            if (plus >= 0) {
                throw new DiagnosticException(new Diagnostic(span, "a glob cannot have an offset"));
            }
            return new Probe.KernelGlob(colon < 0 ? Optional.empty() : Optional.of(kernelName(module)), pattern, span);
        }
        FunctionName name = function(body, span);
        return new Probe.KernelFunction(name.module(), name.function(), name.address(), offset, span);
    }

    /** {@code [module:]function[@address]}. */
    public static FunctionName function(String text, Span span) {
        int at = text.indexOf('@');
        String body = at < 0 ? text : text.substring(0, at);
        if (at >= 0 && (at + 1 == text.length() || !Character.isDigit(text.charAt(at + 1)))) {
            throw new DiagnosticException(new Diagnostic(span, Quoted.of(text) + " has no number after the @",
                    "an address picks one of several functions of a name, as in f@0xffffffff81234560"));
        }
        long address = at < 0 ? 0 : LiteralReader.number(text.substring(at + 1), span);
        int colon = body.indexOf(':');
        String function = body.substring(colon + 1);
        String module = colon < 0 ? "" : body.substring(0, colon);
        if (!isName(function) || (colon >= 0 && !isModule(module))) {
            throw new DiagnosticException(new Diagnostic(span, Quoted.of(text) + " is not a function name",
                    "write FUNCTION, MODULE:FUNCTION or PATH:SYMBOL (a path has a /)"));
        }
        return new FunctionName(colon < 0 ? Optional.empty() : Optional.of(kernelName(module)), function, address, span);
    }

    private static boolean isModule(String text) {
        return isName("_" + kernelName(text)) && !text.isEmpty();
    }

    /** The kernel names the module of {@code snd-hda-intel.ko} snd_hda_intel. */
    private static String kernelName(String module) {
        return module.replace('-', '_');
    }

    private static boolean isName(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
            if (!letter && (at == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
