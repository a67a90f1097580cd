// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

/** The probes of the module regs_override, and the doors through which programs there ask (/dev/regs_override). */
public final class OverrideDevice {
    private static final int CAN_MOVE_USER = 1;

    private OverrideDevice() {}

    /** Whether the module is there and attaches programs for this process. */
    public static boolean usable() {
        return Libbpf.shim().regsh_device_features() >= 0;
    }

    /** Whether the kernel honours a changed instruction pointer at a user probe. */
    public static boolean movesUser() {
        int features = Libbpf.shim().regsh_device_features();
        return features >= 0 && (features & CAN_MOVE_USER) != 0;
    }

    /**
     * Makes a queue a door, for as long as it exists.
     *
     * @param memory to memory; else to registers
     */
    public static void open(BpfMap queue, boolean memory) {
        Libbpf.check(Libbpf.shim().regsh_door(queue.fd(), memory ? 1 : 0), "make a map a door");
    }
}
