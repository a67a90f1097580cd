// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.isa.Program.Linker.Patch;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.Engine;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.KernelFunctions;
import dev.regsh.libbpf.OverrideDevice;
import dev.regsh.libbpf.Victim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engines of this machine, each found by trying it. */
public final class Engines implements AutoCloseable {
    public static final String MODULE = "regs_override";
    static final String FUNCTION = "bpf_override_regs";
    private static final String MEMORY_FUNCTION = "bpf_override_mem";
    private static final Path MODULE_FOLDER = Path.of("/sys/module", MODULE);
    private static final Path DEVICE = Path.of("/dev", MODULE);
    private static final String NOT_LOADED = "the module is not loaded: modprobe " + MODULE;
    private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

    private final Map<Engine, String> missing = new EnumMap<>(Engine.class);
    private final OptionalInt helper;
    private final Optional<KernelFunctions.Kfunc> kfunc;
    private boolean memoryAsked;
    private OptionalInt memoryFunction = OptionalInt.empty();
    private final Map<Ability, Boolean> abilities = new EnumMap<>(Ability.class);

    public Engines() {
        helper = KernelFunctions.helper("override_regs");
        if (helper.isEmpty()) {
            missing.put(Engine.HELPER, "this kernel has no helper " + FUNCTION);
        } else if (!loads(null, TrialPrograms.overrideRegisters(Patch.helper(helper.getAsInt())))) {
            missing.put(Engine.HELPER, refused());
        }
        kfunc = KernelFunctions.kfunc(MODULE, FUNCTION);
        if (kfunc.isEmpty()) {
            missing.put(Engine.KFUNC, !Files.exists(MODULE_FOLDER) ? NOT_LOADED
                    : "the module is loaded but has no BTF: the kernel is older than 6.4, or build it with pahole and the kernel's "
                            + "BTF at hand");
        } else if (!loads(fdArray(Engine.KFUNC), TrialPrograms.overrideRegisters(overrideCall(Engine.KFUNC)))) {
            missing.put(Engine.KFUNC, refused());
        }
        if (!OverrideDevice.usable()) {
            missing.put(Engine.PROBE, !Files.exists(MODULE_FOLDER) ? NOT_LOADED : !Files.exists(DEVICE)
                    ? "the module that is loaded is too old for it: load the one of this version" : refused());
        }
        if (!loads(null, TrialPrograms.overrideReturn())) {
            missing.put(Engine.OVERRIDE_RETURN, "this kernel is built without CONFIG_BPF_KPROBE_OVERRIDE");
        }
        if (!loads(null, TrialPrograms.storeToContext())) {
            missing.put(Engine.UPROBE_CTX, "this kernel's verifier lets no program write its context");
        }
    }

    /** Why a program with the override function is not loaded by somebody who may load others. */
    private static String refused() {
        try {
            // "none [integrity] confidentiality" (security/lockdown/lockdown.c)
            if (!Files.readString(LOCKDOWN).contains("[none]")) {
                return "the kernel is locked down (" + LOCKDOWN + "): boot without lockdown";
            }
        } catch (IOException unreadable) {
            // Not mounted, or no lockdown in this kernel.
        }
        return "the kernel refuses programs with " + FUNCTION + ": it needs CAP_SYS_ADMIN and CAP_SYS_BOOT, and no lockdown";
    }

    private static boolean loads(int @Nullable [] fdArray, long[] instructions) {
        try {
            new BpfProgram(BpfProgram.KPROBE, "regsh_try", "GPL", instructions, fdArray, 0).close();
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
    public Patch overrideCall(Engine engine) {
        return engine == Engine.KFUNC ? Patch.kfunc(1, kfunc.orElseThrow().id()) : Patch.helper(helper.orElseThrow());
    }

    /** The same of the function that writes kernel memory. */
    public Patch memoryCall(Engine engine) {
        int number = memoryFunction().orElseThrow();
        return engine == Engine.KFUNC ? Patch.kfunc(1, number) : Patch.helper(number);
    }

    private synchronized OptionalInt memoryFunction() {
        if (!memoryAsked) {
            memoryFunction = helper.isPresent() ? KernelFunctions.helper("override_mem") : memoryKfunc();
            memoryAsked = true;
        }
        return memoryFunction;
    }

    private static OptionalInt memoryKfunc() {
        Optional<KernelFunctions.Kfunc> found = KernelFunctions.kfunc(MODULE, MEMORY_FUNCTION);
        // Of the same module as the other, whose descriptor is kept.
        found.ifPresent(KernelFunctions.Kfunc::close);
        return found.isPresent() ? OptionalInt.of(found.get().id()) : OptionalInt.empty();
    }

    /** Whether this kernel offers it to programs, found by trying. */
    public synchronized boolean can(Ability ability) {
        return abilities.computeIfAbsent(ability, asked -> switch (asked) {
            case MEMORY_WRITE -> memoryFunction().isPresent() || missing(Engine.PROBE).isEmpty();
            case FETCHING_ATOMICS -> loads(null, TrialPrograms.fetchingAtomic());
            case ANCESTOR_CGROUPS -> loads(null, TrialPrograms.ancestorCgroup());
            case ATTACH_COOKIES -> loads(null, TrialPrograms.attachCookie());
            case USER_READS_WAIT -> userReadsWait();
        });
    }

    private static boolean userReadsWait() {
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "regsh_try", "GPL", TrialPrograms.userRead(),
                null, BpfProgram.SLEEPABLE)) {
            return Victim.returns(program) == 0;
        } catch (KernelException | IOException refused) {
            return false;
        }
    }

    /** What a program of this engine needs beside it to be loaded; null: nothing. */
    public int @Nullable [] fdArray(Engine engine) {
        return engine == Engine.KFUNC ? new int[] {0, kfunc.orElseThrow().btfFd()} : null;
    }

    /** No program is loaded with them any more; to be done once. */
    @Override
    public void close() {
        kfunc.ifPresent(KernelFunctions.Kfunc::close);
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
