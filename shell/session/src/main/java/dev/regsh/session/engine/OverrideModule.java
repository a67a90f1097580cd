// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

import dev.regsh.libbpf.OverrideDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What of the module regs_override is there, why an engine of its is not, and what would mend that. */
final class OverrideModule {
    private static final Path LOADED = Path.of("/sys/module", Engines.MODULE);
    private static final Path DEVICE = Path.of("/dev", Engines.MODULE);
    /** Where the device is known by its numbers, whether or not it stands in /dev. */
    private static final Path DEVICE_NUMBERS = Path.of("/sys/class/misc", Engines.MODULE, "dev");
    private static final String RELOAD = "rmmod " + Engines.MODULE + "; modprobe " + Engines.MODULE;

    private OverrideModule() {}

    /**
     * Why programs find no kfunc.
     *
     * @param refused what it lacks if nobody is let in
     */
    static Lack noKfunc(Lack refused) {
        if (!Files.exists(LOADED)) {
            return notLoaded();
        } else if (Files.exists(DEVICE) && !OverrideDevice.usable()) {
            return refused;
        } else if (OverrideDevice.usable() && !OverrideDevice.hasKfuncs()) {
            return new Lack("this kernel lets no module say who may call its kfuncs (from 6.4)",
                    "none needed: engine probe does all the same but keep");
        }
        return new Lack("the module that is loaded has no BTF, by which programs find its kfunc",
                "build the module where pahole is installed and the kernel's BTF is at hand, then: " + RELOAD);
    }

    /**
     * Why the module attaches no programs.
     *
     * @param refused what it lacks if everything of it is there
     */
    static Lack noDevice(Lack refused) {
        if (!Files.exists(LOADED)) {
            return notLoaded();
        } else if (Files.exists(DEVICE)) {
            return refused;
        } else if (Files.exists(DEVICE_NUMBERS)) {
            return new Lack(DEVICE + " is missing, though the module has it", "mknod -m 600 " + DEVICE + " c " + numbers());
        }
        return new Lack("the module that is loaded is too old for it", "install the module of this version, then: " + RELOAD);
    }

    private static String numbers() {
        try {
            return Files.readString(DEVICE_NUMBERS).strip().replace(':', ' ');
        } catch (IOException gone) {
            return "MAJOR MINOR";
        }
    }

    private static Lack notLoaded() {
        return new Lack("the module " + Engines.MODULE + " is not loaded", installed() ? "modprobe " + Engines.MODULE
                : "apt install linux-headers-" + release() + " pahole make gcc; make -C kernel-patch/module; insmod "
                        + "kernel-patch/module/regs_override.ko");
    }

    /** For this kernel. */
    private static boolean installed() {
        try (Stream<Path> files = Files.walk(Path.of("/lib/modules", release()))) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(Engines.MODULE + ".ko"));
        } catch (IOException | RuntimeException absent) {
            return false;
        }
    }

    private static String release() {
        return System.getProperty("os.version");
    }
}
