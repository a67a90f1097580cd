// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.build;

import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.Map;

/** Script variables: {@code ${name}} and the arguments {@code ${1}}. A value is put in as it is and never read again. */
final class Variables {
    private Variables() {}

    static String value(String name, Map<String, String> variables, Span span) {
        String value = variables.get(name);
        if (value == null) {
            boolean argument = Character.isDigit(name.charAt(0));
            throw new DiagnosticException(new Diagnostic(span,
                    argument ? "argument " + name + " was not given" : "no variable '" + name + "'",
                    argument ? "regsh run FILE.rsh ARGUMENT..." : "set it with: let " + name + " = VALUE"));
        }
        return value;
    }

    static String expand(String text, Map<String, String> variables, Span span) {
        int open = text.indexOf("${");
        if (open < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (open >= 0) {
            int close = text.indexOf('}', open);
            if (close < 0 || close == open + 2) {
                break;
            }
            out.append(text, from, open).append(value(text.substring(open + 2, close), variables, span));
            from = close + 1;
            open = text.indexOf("${", from);
        }
        return out.append(text, from, text.length()).toString();
    }
}
