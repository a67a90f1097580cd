// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.statement;

import dev.regsh.shell.command.Rehearsal;
import java.util.OptionalLong;

/** Before a script runs: which rules there are is known, and nothing of what they and commands will do. */
final class UnknownFacts implements Facts {
    private final Rehearsal rehearsal;
    private boolean asked;

    UnknownFacts(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    /** Whether the value depends on what is not known. */
    boolean asked() {
        return asked;
    }

    @Override
    public long status() {
        asked = true;
        return 0;
    }

    @Override
    public String output() {
        asked = true;
        return "";
    }

    @Override
    public long rules() {
        asked = true;
        return 0;
    }

    @Override
    public OptionalLong counter(String rule, String counter) {
        asked = true;
        return rehearsal.isAttached(rule) ? OptionalLong.of(0) : OptionalLong.empty();
    }

    @Override
    public boolean whole() {
        return true;
    }
}
