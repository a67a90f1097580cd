// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

/** The probes of the module regs_override, and the doors through which programs there ask (/dev/regs_override). */
public final class OverrideDevice {
    /** What a program may ask for at a probe of the module's: kernel memory (REGS_OVERRIDE_ASKS_MEM). */
    public static final int ASKS_MEMORY = 1;
    // 1 << BPF_OVERRIDE_*
    public static final int ASKS_PARM = 1 << 1;
    public static final int ASKS_RETURN = 1 << 2;
    public static final int ASKS_PARM_RETURN = 1 << 3;
    public static final int ASKS_PC = 1 << 4;

    private static final int HAS_KFUNCS = 4;

    private OverrideDevice() {}

    /** Whether the module is there and attaches programs for this process. */
    public static boolean usable() {
        return Libbpf.shim().regsh_device_features() >= 0;
    }

    /** Whether the module that is loaded offers kfuncs as well, if somebody can find them. */
    public static boolean hasKfuncs() {
        int features = Libbpf.shim().regsh_device_features();
        return features >= 0 && (features & HAS_KFUNCS) != 0;
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
