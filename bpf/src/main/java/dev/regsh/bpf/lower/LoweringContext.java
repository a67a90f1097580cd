// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.bpf.type.TypeSource;

/** What programs must know of the machine they are for. */
public interface LoweringContext {
    Architecture architecture();

    TypeSource types();

    boolean can(Ability ability);
}
