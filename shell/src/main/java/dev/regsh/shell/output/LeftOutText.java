// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.output;

import dev.regsh.base.text.Listing;
import dev.regsh.bpf.program.LeftOut;
import java.util.List;
import java.util.Map;

/** Functions of a glob where a rule is not, for people and as fields. */
public final class LeftOutText {
    private LeftOutText() {}

    /** {@code 5 left out: a, b, c and 1 more (nothing is named 'count'); d (it returns nothing)}. */
    public static String sentence(List<LeftOut> all) {
        return all.size() + " left out: " + Listing.byReason(LeftOut.byReason(all));
    }

    /** As machine-readable output has them. */
    public static List<Map<String, String>> fields(List<LeftOut> all) {
        return all.stream().map(each -> Map.of("function", each.function(), "why", each.why())).toList();
    }
}
