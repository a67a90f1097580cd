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
    /** The same reason is the same text for each function: "it returns nothing", not "vfs_fsync returns nothing". */
    public static LeftOut of(AttachPoint point, String why) {
        String name = point.function();
        boolean named = why.startsWith(name + " returns ") || why.startsWith(name + " has ");
        String quoted = "'" + name + "' is ";
        return new LeftOut(point.toString(), named ? "it" + why.substring(name.length())
                : why.startsWith(quoted) ? "it is " + why.substring(quoted.length()) : why);
    }

    /** The functions, by why they are left out; the order is that of the first of each. */
    public static Map<String, List<String>> byReason(List<LeftOut> all) {
        Map<String, List<String>> functions = new LinkedHashMap<>();
        all.forEach(each -> functions.computeIfAbsent(each.why(), why -> new ArrayList<>()).add(each.function()));
        return functions;
    }
}
