// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.Program.Linker.Patch;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.KernelException;
import dev.regsh.libbpf.KernelFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The engines of this machine, each found by trying it. */
public final class Engines {
    private static final String MODULE = "regs_override";
    private static final String FUNCTION = "bpf_override_regs";

    // eBPF: r1 is the context throughout.
    private static final long MOV_R2_0 = 0x2b7L;
    private static final long MOV_R0_0 = 0xb7L;
    private static final long CALL_OVERRIDE_RETURN = 0x85L | 58L << 32;
    private static final long STORE_RDI = 0x217bL | 112L << 16;
    private static final long EXIT = 0x95L;

    private final Map<Engine, String> missing = new EnumMap<>(Engine.class);
    private final OptionalInt helper;
    private final Optional<KernelFunctions.Kfunc> kfunc;

    public Engines() {
        helper = KernelFunctions.helper("override_regs");
        if (helper.isEmpty()) {
            missing.put(Engine.HELPER, "this kernel has no helper " + FUNCTION);
        }
        kfunc = KernelFunctions.kfunc(MODULE, FUNCTION);
        if (kfunc.isEmpty()) {
            missing.put(Engine.KFUNC, !Files.exists(Path.of("/sys/module", MODULE)) ? "the module is not loaded: modprobe " + MODULE
                    : "the module is loaded but has no BTF: build it with pahole and the kernel's BTF at hand");
        }
        if (!loads(MOV_R2_0, CALL_OVERRIDE_RETURN, MOV_R0_0, EXIT)) {
            missing.put(Engine.OVERRIDE_RETURN, "this kernel is built without CONFIG_BPF_KPROBE_OVERRIDE");
        }
        if (!loads(MOV_R2_0, STORE_RDI, MOV_R0_0, EXIT)) {
            missing.put(Engine.UPROBE_CTX, "this kernel's verifier lets no program write its context");
        }
    }

    private static boolean loads(long... instructions) {
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "regsh_try", "GPL", instructions, null, 0)) {
            return true;
        } catch (KernelException refused) {
            return false;
        }
    }

    public Set<Engine> available() {
        Set<Engine> all = java.util.EnumSet.allOf(Engine.class);
        all.removeAll(missing.keySet());
        return all;
    }

    /** Why an engine does not work here, with the remedy where there is one; empty: it works. */
    public String missing(Engine engine) {
        return missing.getOrDefault(engine, "");
    }

    /** How the override function is called by this engine's programs. */
    Patch overrideCall(Engine engine) {
        return engine == Engine.KFUNC ? Patch.kfunc(1, kfunc.orElseThrow().id()) : Patch.helper(helper.orElseThrow());
    }

    /** What a program of this engine needs beside it to be loaded; null: nothing. */
    int[] fdArray(Engine engine) {
        return engine == Engine.KFUNC ? new int[] {0, kfunc.orElseThrow().btfFd()} : null;
    }

    /** Whether the process may load tracing programs that override: CAP_SYS_ADMIN (capabilities(7)). */
    public static boolean privileged() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> 21 & 1) == 1;
                }
            }
        } catch (IOException unreadable) {
            return false;
        }
        return false;
    }
}
