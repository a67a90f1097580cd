// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.plan;

import dev.regsh.bpf.program.AttachPoint;

/** A probe in words, for {@code plan}. */
public final class ProbeDescription implements AttachPoint.Visitor<String> {
    private static final ProbeDescription HOW = new ProbeDescription();

    private ProbeDescription() {}

    /** Where it is, and how it sees a function return: {@code /bin/bash:readline, at 2 return instructions}. */
    public static String of(AttachPoint point) {
        String how = point.accept(HOW);
        return point + (how.isEmpty() ? "" : ", " + how);
    }

    @Override
    public String visitKernel(AttachPoint.Kernel point) {
        return point.onReturn() ? "when it returns" : "";
    }

    @Override
    public String visitUser(AttachPoint.User point) {
        int exits = point.exits().size();
        return !point.onReturn() ? "" : point.hooked() ? "when it returns, by its return address"
                : "at " + exits + " return instruction" + (exits == 1 ? "" : "s");
    }
}
