// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.literal;

import java.math.BigDecimal;
import java.time.Duration;

/** Numbers, durations, percentages and strings as they are written. */
public final class LiteralWriter {
    private static final long HOUR = 3_600_000_000_000L;

    private LiteralWriter() {}

    /** Decimal as long as somebody reads it as a number; addresses and masks in hex. */
    public static String number(long value) {
        return value >= 0 && value <= 0xffffffffL ? Long.toString(value) : "0x" + Long.toHexString(value);
    }

    /** In the largest unit that divides it. */
    public static String duration(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        String[] units = {"h", "m", "s", "ms", "us", "ns"};
        long[] sizes = {HOUR, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L};
        int unit = 0;
        while (nanos % sizes[unit] != 0) {
            unit++;
        }
        return nanos / sizes[unit] + units[unit];
    }

    public static String percent(int millionths) {
        return BigDecimal.valueOf(millionths, 4).stripTrailingZeros().toPlainString() + "%";
    }

    /** In quotes; control characters as escapes, so that showing a script does nothing to a terminal. */
    public static String string(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '"', '\\' -> out.append('\\').append(c);
                case '$' -> out.append(value.startsWith("${", at) ? "\\$" : "$");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
