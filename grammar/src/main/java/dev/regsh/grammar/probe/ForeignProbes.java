// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.probe;

import dev.regsh.base.text.Quoted;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Span;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places as bpftrace, perf, trace-cmd, bcc and SystemTap write them: refused with what they are called here. */
final class ForeignProbes {
    private static final Pattern KIND = Pattern.compile(
            "(kprobe|kretprobe|kfunc|kretfunc|fentry|fexit|uprobe|uretprobe|p|r|t|u):(.+)", Pattern.DOTALL);
    private static final Pattern EVENT = Pattern.compile("(tracepoint|raw_tracepoint|rawtracepoint|usdt|profile|interval|hardware"
            + "|software|watchpoint|iter|t)::?(.+)", Pattern.DOTALL);
    private static final Pattern RETURN = Pattern.compile("([^%/]+)(%return|\\(\\)%return|%ret)", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\(\\)");
    private static final Pattern SYSTEMTAP = Pattern.compile(
            "(kernel|module\\(\"([^\"]*)\"\\))\\.(function|statement)\\(\"([^\"@]*).*?\"\\)(\\.return|\\.call|\\.exported)?",
            Pattern.DOTALL);

    private ForeignProbes() {}

    /** @throws DiagnosticException if the text is of another tool's language */
    static void refuse(String text, Span span) {
        Matcher systemtap = SYSTEMTAP.matcher(text);
        Matcher kind = KIND.matcher(text);
        Matcher event = EVENT.matcher(text);
        Matcher atReturn = RETURN.matcher(text);
        Matcher call = CALL.matcher(text);
        if (systemtap.matches()) {
            String module = systemtap.group(2) == null ? "" : systemtap.group(2) + ":";
            throw instead(text, span, ".return".equals(systemtap.group(5)), module + systemtap.group(4));
        } else if (atReturn.matches()) {
            throw instead(text, span, true, atReturn.group(1));
        } else if (call.matches()) {
            throw instead(text, span, false, call.group(1));
        } else if (event.matches() && (event.group(1).length() > 1 || event.group(2).indexOf(':') >= 0)) {
            throw new DiagnosticException(new Diagnostic(span, Quoted.of(text) + " is no function",
                    "rules stand at functions and instructions; find GLOB shows them"));
        } else if (kind.matches() && (kind.group(1).length() > 1 || kind.group(2).indexOf('/') >= 0)) {
            throw instead(text, span, kind.group(1).contains("ret") || kind.group(1).equals("fexit") || kind.group(1).equals("r"),
                    kind.group(2));
        }
    }

    private static DiagnosticException instead(String text, Span span, boolean atReturn, String place) {
        return new DiagnosticException(new Diagnostic(span, Quoted.of(text) + " is another tool's way to name a place",
                "here it is: " + (atReturn ? "after " : "on ") + place));
    }
}
