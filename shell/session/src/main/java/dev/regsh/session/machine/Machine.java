// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.session.engine.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of this machine regsh depends on, and how to get what is missing. */
public final class Machine {
    private static final Path TYPES = Path.of("/sys/kernel/btf/vmlinux");
    private static final Path DEBUGFS = Path.of("/sys/kernel/debug/kprobes");

    /**
     * @param found what is there, or what that means
     * @param remedy a command or a step, where it is not ok
     */
    public record Finding(String name, boolean ok, String found, String remedy) {}

    /** Whether the kernel tells its types (BTF); without, no rule can be compiled. */
    public boolean hasTypes() {
        return Files.exists(TYPES);
    }

    public List<Finding> findings(KernelSymbols symbols) {
        List<Finding> found = new ArrayList<>();
        found.add(new Finding("kernel", true, System.getProperty("os.version"), ""));
        found.add(new Finding("privilege", Engines.privileged(), Engines.privileged() ? "CAP_SYS_ADMIN"
                : "CAP_SYS_ADMIN is missing",
                "sudo regsh"));
        found.add(new Finding("types", hasTypes(), hasTypes() ? TYPES.toString() : "the kernel has no BTF",
                "boot a kernel built with CONFIG_DEBUG_INFO_BTF"));
        int functions = symbols.all().size();
        boolean hidden = symbols.all().addressesHidden();
        found.add(new Finding("symbols", functions > 0 && !hidden, functions + " functions"
                + (hidden ? ", their addresses hidden: what works by name still does" : ""),
                "sysctl kernel.kptr_restrict=1"));
        boolean debug = Files.isDirectory(DEBUGFS);
        found.add(new Finding("debugfs", debug, debug ? "tells where no probe can be"
                : "not mounted, or no kprobes in this kernel",
                "mount -t debugfs debugfs /sys/kernel/debug"));
        if (debug) {
            boolean on = text(DEBUGFS.resolve("enabled")).equals("1");
            found.add(new Finding("kprobes", on, on ? "enabled" : "disabled: no rule acts", "echo 1 > " + DEBUGFS
                    + "/enabled"));
        }
        String lockdown = text(Path.of("/sys/kernel/security/lockdown"));
        if (!lockdown.isEmpty()) {
            boolean off = lockdown.contains("[none]");
            found.add(new Finding("lockdown", off, off ? "off" : lockdown + ": no override is allowed",
                    "boot without lockdown= and without Secure Boot"));
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
