// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.register.RegisterTable;

/** How a rule's engine is given the new registers; where it refuses, nothing was changed. */
final class OverrideLowering {
    private final Frame frame;
    private final OverrideFunctions functions;
    private final MemoryLowering memory;
    private final RegisterTable registers;
    private final ShadowStack shadowStack;
    private final Engine engine;
    /** What is refused when the engine refuses. */
    private final Failing refused;

    OverrideLowering(Frame frame, OverrideFunctions functions, MemoryLowering memory, RegisterTable registers,
            ShadowStack shadowStack, Engine engine, Failing refused) {
        this.frame = frame;
        this.functions = functions;
        this.memory = memory;
        this.registers = registers;
        this.shadowStack = shadowStack;
        this.engine = engine;
        this.refused = refused;
    }

    void apply(RegisterChanges changes) {
        switch (engine) {
            case UPROBE_CTX -> new ContextStores(frame, memory, registers, shadowStack, refused).write(changes);
            case OVERRIDE_RETURN -> frame.attempt(refused, Target.of(Helper.OVERRIDE_RETURN), Argument.context(),
                    changes.result().orElseThrow());
            case HELPER, KFUNC, PROBE -> new OverrideCalls(frame, functions, registers, refused).write(changes);
        }
    }
}
