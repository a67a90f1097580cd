// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.libbpf.ProbeLink;
import java.util.Optional;

/** What a program may ask the module for at one of the module's probes (kernel-patch/module/regs_override_device.h). */
final class Asks {
    private static final int MEMORY = 1;
    // 1 << BPF_OVERRIDE_*
    private static final int PARM = 1 << 1;
    private static final int RETURN = 1 << 2;
    private static final int PARM_RETURN = 1 << 3;
    private static final int PC = 1 << 4;

    private Asks() {}

    /** {@link ProbeLink#OF_THE_KERNEL} for a rule of another engine. */
    static int of(CompiledRule compiled, CompiledRule.Function function, CompiledRule.ProbeProgram probe) {
        if (!compiled.engine().equals(Optional.of(Engine.PROBE))) {
            return ProbeLink.OF_THE_KERNEL;
        }
        // What is at the entry for a rule at the return only keeps what is asked for there.
        boolean acts = !compiled.dry() && function.typed().after() == probe.attach().onReturn();
        return acts ? of(function.typed()) : 0;
    }

    private static int of(TypedRule rule) {
        int asks = rule.memory().stream().anyMatch(write -> !write.place().user()) ? MEMORY : 0;
        boolean registers = !rule.registers().isEmpty();
        if (rule.result().isPresent()) {
            asks |= registers ? PARM_RETURN : RETURN;
        } else if (registers) {
            asks |= PARM;
        }
        return rule.jump().isPresent() ? asks | PC : asks;
    }
}
