// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.isa.Program.Linker.Patch;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.Engine;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.KernelFunctions;
import dev.regsh.libbpf.OverrideDevice;
import dev.regsh.libbpf.ProbeLink;
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
    private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

    private final Map<Engine, Lack> lacks = new EnumMap<>(Engine.class);
    private final OptionalInt helper;
    private final Optional<KernelFunctions.Kfunc> kfunc;
    private final Map<Engine, OptionalInt> memoryFunctions = new EnumMap<>(Engine.class);
    private final Map<Ability, Boolean> abilities = new EnumMap<>(Ability.class);

    public Engines() {
        helper = KernelFunctions.helper("override_regs");
        if (helper.isEmpty()) {
            lacks.put(Engine.HELPER, new Lack("this kernel has no helper " + FUNCTION,
                    "boot a kernel with the series of kernel-patch/ and CONFIG_BPF_KPROBE_OVERRIDE_REGS=y"));
        } else if (!loads(null, TrialPrograms.overrideRegisters(Patch.helper(helper.getAsInt())))) {
            lacks.put(Engine.HELPER, refused());
        }
        kfunc = KernelFunctions.kfunc(MODULE, FUNCTION);
        if (kfunc.isEmpty()) {
            lacks.put(Engine.KFUNC, OverrideModule.noKfunc(refused()));
        } else if (!loads(fdArray(Engine.KFUNC), TrialPrograms.overrideRegisters(overrideCall(Engine.KFUNC)))) {
            lacks.put(Engine.KFUNC, refused());
        }
        if (!OverrideDevice.usable()) {
            lacks.put(Engine.PROBE, OverrideModule.noDevice(refused()));
        }
        if (!loads(null, TrialPrograms.overrideReturn())) {
            lacks.put(Engine.OVERRIDE_RETURN, new Lack("this kernel is built without CONFIG_BPF_KPROBE_OVERRIDE",
                    "boot a kernel built with CONFIG_BPF_KPROBE_OVERRIDE=y"));
        }
        if (!loads(null, TrialPrograms.storeToContext())) {
            lacks.put(Engine.UPROBE_CTX, new Lack("this kernel's verifier lets no program write its context",
                    "boot a newer kernel; those of 7.x allow it"));
        }
    }

    /** Why a program with the override function is not loaded by somebody who may load others. */
    private static Lack refused() {
        try {
            // "none [integrity] confidentiality" (security/lockdown/lockdown.c)
            if (!Files.readString(LOCKDOWN).contains("[none]")) {
                return new Lack("the kernel is locked down (" + LOCKDOWN + ")", "boot without lockdown= and without Secure Boot");
            }
        } catch (IOException unreadable) {
            // Not mounted, or no lockdown in this kernel.
        }
        return new Lack("the kernel refuses programs with " + FUNCTION,
                "run regsh with CAP_SYS_ADMIN and CAP_SYS_BOOT, where there is no lockdown");
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
        all.removeAll(lacks.keySet());
        return all;
    }

    /** Why an engine does not work here; empty: it does. */
    public Optional<Lack> lack(Engine engine) {
        return Optional.ofNullable(lacks.get(engine));
    }

    /** How an engine that works does, and what it cannot do for a rule. */
    public String found(Engine engine) {
        return switch (engine) {
            case HELPER -> FUNCTION + " is helper " + helper.orElseThrow() + (can(Ability.HELPER_WRITES_MEMORY) ? ""
                    : "; it writes no kernel memory");
            case KFUNC -> "module " + MODULE + (can(Ability.KFUNC_WRITES_MEMORY) ? "" : "; it writes no kernel memory");
            case PROBE -> "module " + MODULE + ", by /dev/" + MODULE + "; keeps no rules";
            case OVERRIDE_RETURN -> "skips functions that take an error";
            case UPROBE_CTX -> "registers of user programs";
        };
    }

    /** Whether the best way to change registers of the kernel is the module's own probes. */
    public boolean overridesByProbe() {
        return available().stream().findFirst().equals(Optional.of(Engine.PROBE));
    }

    /** Whether the kernel's own probes can be kept. */
    public boolean keeps() {
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "regsh_try", "GPL", TrialPrograms.nothing(), null, 0)) {
            return ProbeLink.keeps(program);
        } catch (KernelException refused) {
            return false;
        }
    }

    /** How the override function is called by this engine's programs. */
    public Patch overrideCall(Engine engine) {
        return engine == Engine.KFUNC ? Patch.kfunc(1, kfunc.orElseThrow().id()) : Patch.helper(helper.orElseThrow());
    }

    /** The same of the function that writes kernel memory. */
    public Patch memoryCall(Engine engine) {
        int number = memoryFunction(engine).orElseThrow();
        return engine == Engine.KFUNC ? Patch.kfunc(1, number) : Patch.helper(number);
    }

    private synchronized OptionalInt memoryFunction(Engine engine) {
        return memoryFunctions.computeIfAbsent(engine,
                asked -> asked == Engine.KFUNC ? memoryKfunc() : KernelFunctions.helper("override_mem"));
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
            case HELPER_WRITES_MEMORY -> memoryFunction(Engine.HELPER).isPresent();
            case KFUNC_WRITES_MEMORY -> memoryFunction(Engine.KFUNC).isPresent();
            case FETCHING_ATOMICS -> loads(null, TrialPrograms.fetchingAtomic());
            case ANCESTOR_CGROUPS -> loads(null, TrialPrograms.ancestorCgroup());
            case ATTACH_COOKIES -> loads(null, TrialPrograms.attachCookie());
            case USER_READS_WAIT -> userReadsWait();
        });
    }

    private static boolean userReadsWait() {
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "regsh_try", "GPL", TrialPrograms.userRead(),
                null, BpfProgram.SLEEPABLE)) {
            return Victim.returns(program, ProbeLink.OF_THE_KERNEL) == 0;
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
