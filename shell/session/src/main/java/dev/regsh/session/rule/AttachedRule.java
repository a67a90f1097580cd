// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.rule;

import java.util.Map;

/** A rule that is attached on this machine, whoever's it is. */
public interface AttachedRule {
    /** What commands take: its number here, {@code PID/NUMBER} in another session, its name where it is kept. */
    String ref();

    String name();

    /** As list and JSON show it; see {@link RuleFields}. */
    Map<String, Object> fields();

    /** Makes it act, or count and change nothing. */
    void arm(boolean armed);

    void detach();
}
