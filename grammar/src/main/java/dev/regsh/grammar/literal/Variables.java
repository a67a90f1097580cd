// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.literal;

import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Span;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Script variables: {@code ${name}} and the arguments {@code ${1}}. A value is put in as it is and never read again. */
public final class Variables {
    /** A variable as it is written; the group is its name. */
    public static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)\\}");

    private Variables() {}

    public static String value(String name, Map<String, String> variables, Span span) {
        String value = variables.get(name);
        if (value == null) {
            boolean argument = Character.isDigit(name.charAt(0));
            throw new DiagnosticException(new Diagnostic(span,
                    argument ? "argument " + name + " was not given" : "no variable '" + name + "'",
                    argument ? "regsh run FILE.rsh ARGUMENT..." : "set it with: let " + name + " = VALUE"));
        }
        return value;
    }

    /** The value of a variable written as {@code ${name}}. */
    public static String written(String text, Map<String, String> variables, Span span) {
        return value(text.substring(2, text.length() - 1), variables, span);
    }

    /** A text with its variables put in. */
    public static String expand(String text, Map<String, String> variables, Span span) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), variables, span)));
    }
}
