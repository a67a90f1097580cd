// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists that are cut where they get long. */
public final class Listing {
    private static final int MOST_NAMES = 3;
    private static final int MOST_REASONS = 3;

    private Listing() {}

    /** {@code a, b, c and 2 more}: at most so many of all. */
    public static String some(List<String> all, int most, String separator) {
        return String.join(separator, all.subList(0, Math.min(most, all.size())))
                + (all.size() > most ? " and " + (all.size() - most) + " more" : "");
    }

    /** {@code a, b, c and 1 more (one reason); d (another)}: names by what is true of them, some of each. */
    public static String byReason(Map<String, List<String>> names) {
        List<String> parts = new ArrayList<>();
        names.forEach((reason, alike) -> parts.add(some(alike, MOST_NAMES, ", ") + " (" + reason + ")"));
        return some(parts, MOST_REASONS, "; ");
    }
}
