// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Relocation;
import dev.regsh.bpf.program.MapSpec;
import java.util.Collection;
import java.util.List;

/** As helpers or kfuncs, whose numbers the loader knows. */
final class DirectCalls implements OverrideFunctions {
    private static final Target REGISTERS = Target.of(Relocation.Kind.OVERRIDE_CALL, "bpf_override_regs");
    private static final Target MEMORY = Target.of(Relocation.Kind.MEM_CALL, "bpf_override_mem");

    private final Frame frame;

    DirectCalls(Frame frame) {
        this.frame = frame;
    }

    @Override
    public void registers(int at, int bytes, int flags) {
        frame.code.call(frame.error(), REGISTERS, arguments(at, bytes, flags));
    }

    @Override
    public void putBack(int at, int bytes, int flags) {
        frame.code.run(REGISTERS, arguments(at, bytes, flags));
    }

    private static Argument[] arguments(int at, int bytes, int flags) {
        return new Argument[] {Argument.context(), Argument.stack(at), Value.of(bytes), Value.of(flags)};
    }

    @Override
    public int valueForMemory() {
        return frame.code.stack(Frame.WORD);
    }

    @Override
    public void memory(int value, Value address, int bytes) {
        frame.code.call(frame.error(), MEMORY, address, Argument.stack(value), Value.of(bytes), Value.of(0));
    }

    @Override
    public Collection<MapSpec> maps() {
        return List.of();
    }
}
