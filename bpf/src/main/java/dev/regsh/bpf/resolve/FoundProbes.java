// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.resolve;

import dev.regsh.base.text.Listing;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.grammar.source.Span;
import java.util.List;

/**
 * What a probe stands for.
 *
 * @param points never empty
 * @param leftOut functions of a glob that cannot be probed
 */
public record FoundProbes(List<AttachPoint> points, List<LeftOut> leftOut) {
    /** A glob of more is a slip. */
    private static final int MOST_PROBES = 1000;

    static FoundProbes of(List<AttachPoint> points) {
        return new FoundProbes(points, List.of());
    }

    /** @throws dev.regsh.grammar.diagnostic.DiagnosticException if there are too many */
    static FoundProbes of(List<AttachPoint> points, List<LeftOut> leftOut, String pattern, Span span) {
        if (points.size() > MOST_PROBES) {
            throw Errors.at(span, points.size() + " functions match '" + pattern + "'; at most " + MOST_PROBES
                    + " are probed by one rule", "narrow the glob");
        }
        return new FoundProbes(points, leftOut);
    }

    /** In words, why there are none. */
    static String all(List<LeftOut> leftOut) {
        return leftOut.size() + " left out: " + Listing.byReason(LeftOut.byReason(leftOut));
    }
}
