// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function that a rule's glob matches but where the rule is not: it does not fit, or no probe can be put there.
 *
 * @param why as its error would say
 */
public record LeftOut(String function, String why) {
    private static final int MOST_NAMES = 3;
    private static final int MOST_REASONS = 3;

    /** The same reason is the same text for each function: "it returns nothing", not "vfs_fsync returns nothing". */
    public static LeftOut of(AttachPoint point, String why) {
        String name = point.function();
        boolean named = why.startsWith(name + " returns ") || why.startsWith(name + " has ");
        String quoted = "'" + name + "' is ";
        return new LeftOut(point.toString(), named ? "it" + why.substring(name.length())
                : why.startsWith(quoted) ? "it is " + why.substring(quoted.length()) : why);
    }

    /** {@code 5 left out: a, b, c and 1 more (nothing is named 'count'); d (d returns nothing)}. */
    public static String sentence(List<LeftOut> all) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        all.forEach(each -> byReason.computeIfAbsent(each.why(), why -> new ArrayList<>()).add(each.function()));
        List<String> parts = new ArrayList<>();
        byReason.forEach((why, functions) -> parts.add(some(functions, MOST_NAMES, ", ") + " (" + why + ")"));
        return all.size() + " left out: " + some(parts, MOST_REASONS, "; ");
    }

    /** As machine-readable output has them. */
    public static List<Map<String, String>> fields(List<LeftOut> all) {
        return all.stream().map(each -> Map.of("function", each.function(), "why", each.why())).toList();
    }

    private static String some(List<String> all, int most, String separator) {
        return String.join(separator, all.subList(0, Math.min(most, all.size())))
                + (all.size() > most ? " and " + (all.size() - most) + " more" : "");
    }
}
