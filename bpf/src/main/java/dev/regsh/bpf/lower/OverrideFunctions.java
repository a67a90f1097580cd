// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.MapSpec;
import java.util.Collection;
import java.util.Optional;

/** {@code bpf_override_regs} and {@code bpf_override_mem}, however programs reach them: the answer is in {@link Frame#error}. */
interface OverrideFunctions {
    static OverrideFunctions of(Optional<Engine> engine, Frame frame) {
        return engine.equals(Optional.of(Engine.PROBE)) ? new DoorCalls(frame) : new DirectCalls(frame);
    }

    /** With an array of struct bpf_reg_value on the stack, so many bytes of it. */
    void registers(int at, int bytes, int flags);

    /** The same without an answer: that of an earlier call stays. */
    void putBack(int at, int bytes, int flags);

    /** Where on the stack a value is put that goes to memory, at most 8 bytes. */
    int valueForMemory();

    /** Stores what was put there. */
    void memory(int value, Value address, int bytes);

    /** The maps that it goes through. */
    Collection<MapSpec> maps();
}
