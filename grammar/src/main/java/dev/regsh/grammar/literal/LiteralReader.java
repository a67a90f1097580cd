// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.literal;

import dev.regsh.base.text.Quoted;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, strings, durations and percentages as they are written. */
public final class LiteralReader {
    private static final Pattern NUMBER = Pattern.compile("(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([KMG]?)");
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ns|us|ms|s|m|h)");
    private static final Pattern PERCENT = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    /** A variable, an escaped code, another escape, or characters as they are. */
    private static final Pattern STRING_PART = Pattern.compile(
            "\\$\\{(\\w+)\\}|\\\\x(0[1-9a-fA-F]|[1-7][0-9a-fA-F])|\\\\(.)|[^\\\\$]+|\\$", Pattern.DOTALL);

    private LiteralReader() {}

    /** A number of up to 64 bits; one above the signed range keeps its bits. */
    public static long number(String written, Span span) {
        Matcher parts = NUMBER.matcher(written.replace("_", ""));
        if (!parts.matches()) {
            throw new DiagnosticException(new Diagnostic(span, Quoted.of(written) + " is not a number"));
        }
        String digits = parts.group(1);
        String prefix = digits.length() < 2 ? "" : digits.substring(0, 2).toLowerCase(Locale.ROOT);
        int radix = prefix.equals("0x") ? 16 : prefix.equals("0b") ? 2 : 10;
        int shift = switch (parts.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        if (radix == 10 && digits.length() > 20) {
            throw tooLarge(written, span);
        }
        BigInteger value = new BigInteger(radix == 10 ? digits : digits.substring(2), radix).shiftLeft(shift);
        if (value.bitLength() > 64) {
            throw tooLarge(written, span);
        }
        return value.longValue();
    }

    private static DiagnosticException tooLarge(String written, Span span) {
        return new DiagnosticException(new Diagnostic(span, Quoted.of(written) + " does not fit in 64 bits"));
    }

    /**
     * A string without its quotes, escapes resolved and variables put in; what a variable holds is not read again.
     *
     * @param written the string with its quotes
     */
    public static String string(String written, Map<String, String> variables, Span span) {
        StringBuilder out = new StringBuilder();
        Matcher part = STRING_PART.matcher(written).region(1, written.length() - 1);
        while (part.lookingAt()) {
            if (part.group(1) != null) {
                out.append(Variables.value(part.group(1), variables, span));
            } else if (part.group(2) != null) {
                out.append((char) Integer.parseInt(part.group(2), 16));
            } else if (part.group(3) != null) {
                out.append(escaped(part.group(3), span));
            } else {
                out.append(part.group());
            }
            part.region(part.end(), written.length() - 1);
        }
        return out.toString();
    }

    /**
     * The index behind the string whose quote stands at {@code open}; a backslash takes the next character as it is. If
     * nothing closes it in its line, the complement ({@code ~}) of where the line ends.
     */
    public static int endOfString(String text, int open) {
        for (int at = open + 1; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> {
                    return at + 1;
                }
                case '\n' -> {
                    return ~at;
                }
                case '\\' -> at++;
                default -> {}
            }
        }
        return ~text.length();
    }

    private static String escaped(String letter, Span span) {
        return switch (letter) {
            case "n" -> "\n";
            case "t" -> "\t";
            case "r" -> "\r";
            case "\\", "\"", "$" -> letter;
            default -> throw new DiagnosticException(new Diagnostic(span, "unknown escape \\" + letter,
                    "a string knows \\n \\t \\r \\\" \\\\ \\$ and \\x01 to \\x7f"));
        };
    }

    public static Duration duration(String written, Span span) {
        Matcher parts = DURATION.matcher(written);
        if (!parts.matches()) {
            throw new DiagnosticException(new Diagnostic(span, Quoted.of(written) + " is not a duration",
                    "write a number and ns, us, ms, s, m or h: 10ms"));
        }
        long nanos = switch (parts.group(2)) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
        try {
            return Duration.ofNanos(Math.multiplyExact(Long.parseLong(parts.group(1)), nanos));
        } catch (ArithmeticException | NumberFormatException large) {
            throw new DiagnosticException(new Diagnostic(span, "a duration of more than 292 years"));
        }
    }

    /** A percentage in millionths. */
    public static int millionths(String written, Span span) {
        if (!PERCENT.matcher(written).matches()) {
            throw new DiagnosticException(new Diagnostic(span, "a chance is a decimal number", "chance 12.5%"));
        }
        BigDecimal value = new BigDecimal(written).movePointRight(4);
        if (value.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
            throw new DiagnosticException(new Diagnostic(span, "a chance of " + Quoted.of(written + "%"), "give 0% to 100%"));
        }
        if (value.stripTrailingZeros().scale() > 0) {
            throw new DiagnosticException(new Diagnostic(span, "a chance finer than 0.0001%"));
        }
        return value.intValue();
    }
}
