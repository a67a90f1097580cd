// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.symbol.KernelSymbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Whether each engine may change what a kernel function does, and if not, why: the kernel's lists and levels. */
public final class Injectability {
    private static final Path DEBUG = Path.of("/sys/kernel/debug");
    private static final Path MODULE_LEVEL = Path.of("/sys/module/regs_override/parameters/level");
    private static final Path HELPER_LEVEL = Path.of("/proc/sys/kernel/bpf_override_regs");

    private final Map<Path, Set<String>> lists = new HashMap<>();

    /**
     * Why an engine that works here may not act on the function.
     *
     * @return empty: it may
     */
    public String refusal(Engine engine, KernelSymbol symbol) {
        return switch (engine) {
            case KFUNC, PROBE -> byLevel(MODULE_LEVEL, DEBUG.resolve("regs_override/list"), symbol);
            case HELPER -> byLevel(HELPER_LEVEL, DEBUG.resolve("regs_override/list"), symbol);
            case OVERRIDE_RETURN -> listed(DEBUG.resolve("error_injection/list"), symbol)
                    ? "" : "it is not on the kernel's error injection list, so its return value cannot be forced";
            case UPROBE_CTX -> "it serves user programs only";
        };
    }

    /**
     * Whether the administrator has switched the engine off: every override of it is refused, at its hit, or where the module's own
     * probes are attached.
     *
     * @return what he has done, and how to undo it; empty: it is on
     */
    public static String off(Engine engine) {
        return switch (engine) {
            case KFUNC, PROBE -> off(MODULE_LEVEL);
            case HELPER -> off(HELPER_LEVEL);
            default -> "";
        };
    }

    private static String off(Path level) {
        try {
            return Files.readString(level).strip().equals("0") ? "level 0 allows nobody's registers; echo 2 > " + level : "";
        } catch (IOException absent) {
            return "";
        }
    }

    private boolean listed(Path list, KernelSymbol symbol) {
        Set<String> names = lists.computeIfAbsent(list, Injectability::read);
        return names.contains(symbol.name()) || names.contains(symbol.module() + ":" + symbol.name());
    }

    /** The first word of each line: a function, or {@code MODULE:FUNCTION}. */
    private static Set<String> read(Path list) {
        Set<String> names = new HashSet<>();
        try {
            for (String line : Files.readAllLines(list)) {
                names.add(line.strip().split("\\s")[0]);
            }
        } catch (IOException absent) {
            return names;
        }
        return names;
    }

    private String byLevel(Path file, Path list, KernelSymbol symbol) {
        String level;
        try {
            level = Files.readString(file).strip();
        } catch (IOException absent) {
            return "";
        }
        return switch (level) {
            case "0" -> off(file);
            case "1" -> listed(list, symbol) ? "" : "level 1 allows listed functions only; echo " + symbol.name()
                    + " > " + list
                    + ", or echo 2 > " + file;
            default -> "";
        };
    }
}
