// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.MapSpec;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** As pushes to doors: maps of the module that carries such a request out (kernel-patch/module/regs_override_device.h). */
final class DoorCalls implements OverrideFunctions {
    private static final Target PUSH = Target.of(Helper.MAP_PUSH_ELEM);
    /** The answer is an int before 6.4. */
    private static final int ANSWER_BITS = 32;
    // struct regs_override_store: address, number of bytes, value.
    private static final int BYTES = 8;
    private static final int VALUE = 16;

    private final Frame frame;
    private final Set<MapSpec> maps = new LinkedHashSet<>();

    DoorCalls(Frame frame) {
        this.frame = frame;
    }

    @Override
    public void registers(int at, int bytes, int flags) {
        push(MapSpec.door(bytes), at, flags);
    }

    @Override
    public void putBack(int at, int bytes, int flags) {
        MapSpec door = MapSpec.door(bytes);
        maps.add(door);
        frame.code.run(PUSH, arguments(door, at, flags));
    }

    @Override
    public int valueForMemory() {
        int value = frame.code.stack(MapSpec.STORE_BYTES) + VALUE;
        // The door takes all of it, however little is stored.
        frame.code.storeStack(value, 0);
        return value;
    }

    @Override
    public void memory(int value, Value address, int bytes) {
        int store = value - VALUE;
        frame.code.storeStack(store, address);
        frame.code.storeStack(store + BYTES, bytes);
        push(MapSpec.memoryDoor(), store, 0);
    }

    private void push(MapSpec door, int at, int flags) {
        maps.add(door);
        frame.code.call(frame.error(), PUSH, arguments(door, at, flags));
        frame.code.cut(frame.error(), ANSWER_BITS, true);
    }

    private static Argument[] arguments(MapSpec door, int at, int flags) {
        return new Argument[] {Argument.map(door.name()), Argument.stack(at), Value.of(flags)};
    }

    @Override
    public Collection<MapSpec> maps() {
        return maps;
    }
}
