// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.build;

import dev.regsh.grammar.ast.Span;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/** Numbers, strings, durations and percentages as they are written. */
final class Literals {
    private Literals() {}

    /** A number of up to 64 bits; one above the signed range keeps its bits. */
    static long number(String written, Span span) {
        String text = written.replace("_", "");
        int shift = switch (text.charAt(text.length() - 1)) {
            case 'K' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
        String digits = shift == 0 ? text : text.substring(0, text.length() - 1);
        BigInteger value;
        try {
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                value = new BigInteger(digits.substring(2), 16);
            } else if (digits.startsWith("0b") || digits.startsWith("0B")) {
                value = new BigInteger(digits.substring(2), 2);
            } else if (digits.length() > 20) {
                throw tooLarge(written, span);
            } else {
                value = new BigInteger(digits);
            }
        } catch (NumberFormatException empty) {
            throw new DiagnosticException(new Diagnostic(span, "'" + written + "' is not a number"));
        }
        value = value.shiftLeft(shift);
        if (value.bitLength() > 64) {
            throw tooLarge(written, span);
        }
        return value.longValue();
    }

    private static DiagnosticException tooLarge(String written, Span span) {
        String shown = written.length() > 40 ? written.substring(0, 40) + "..." : written;
        return new DiagnosticException(new Diagnostic(span, shown + " does not fit in 64 bits"));
    }

    /** A string without its quotes, escapes resolved. */
    static String string(String written, Span span) {
        StringBuilder out = new StringBuilder();
        for (int at = 1; at < written.length() - 1; at++) {
            char c = written.charAt(at);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            c = written.charAt(++at);
            switch (c) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case '\\', '"', '*', '?' -> out.append(c);
                default -> throw new DiagnosticException(new Diagnostic(span, "unknown escape \\" + c,
                        "a string knows \\n \\t \\\" \\\\"));
            }
        }
        return out.toString();
    }

    static Duration duration(String written, Span span) {
        int unit = 0;
        while (Character.isDigit(written.charAt(unit))) {
            unit++;
        }
        long nanos = switch (written.substring(unit)) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
        try {
            return Duration.ofNanos(Math.multiplyExact(Long.parseLong(written.substring(0, unit)), nanos));
        } catch (ArithmeticException | NumberFormatException large) {
            throw new DiagnosticException(new Diagnostic(span, "a duration of more than 292 years"));
        }
    }

    /** A percentage in millionths. */
    static int millionths(String written, Span span) {
        BigDecimal value;
        try {
            value = new BigDecimal(written).movePointRight(4);
        } catch (NumberFormatException radix) {
            throw new DiagnosticException(new Diagnostic(span, "a chance is a decimal number", "chance 12.5%"));
        }
        if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
            throw new DiagnosticException(new Diagnostic(span, "a chance of " + written + "%", "give 0% to 100%"));
        }
        if (value.stripTrailingZeros().scale() > 0) {
            throw new DiagnosticException(new Diagnostic(span, "a chance finer than 0.0001%"));
        }
        return value.intValue();
    }
}
