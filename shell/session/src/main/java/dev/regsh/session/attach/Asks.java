// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.libbpf.OverrideDevice;
import dev.regsh.libbpf.ProbeLink;
import java.util.Optional;

/** What a program may ask the module for at one of the module's probes (kernel-patch/module/regs_override_device.h). */
final class Asks {
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
        int asks = rule.memory().stream().anyMatch(write -> !write.place().user()) ? OverrideDevice.ASKS_MEMORY : 0;
        boolean registers = !rule.registers().isEmpty();
        if (rule.result().isPresent()) {
            asks |= registers ? OverrideDevice.ASKS_PARM_RETURN : OverrideDevice.ASKS_RETURN;
        } else if (registers) {
            asks |= OverrideDevice.ASKS_PARM;
        }
        return rule.jump().isPresent() ? asks | OverrideDevice.ASKS_PC : asks;
    }
}
