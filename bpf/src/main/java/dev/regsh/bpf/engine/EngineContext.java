// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.engine;

import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.Engine;
import java.util.Set;

/** What the choice of an engine takes of the machine a rule is for. */
public interface EngineContext {
    /** Those that work there. */
    Set<Engine> engines();

    boolean can(Ability ability);
}
