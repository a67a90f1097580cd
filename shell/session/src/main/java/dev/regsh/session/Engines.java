// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.Ability;
import dev.regsh.bpf.isa.Program.Linker.Patch;
import dev.regsh.bpf.program.Engine;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.KernelFunctions;
import dev.regsh.libbpf.Victim;
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
    static final String MODULE = "regs_override";
    private static final String FUNCTION = "bpf_override_regs";
    private static final String MEMORY_FUNCTION = "bpf_override_mem";
    private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

    // eBPF: r1 is the context throughout.
    private static final long MOV_R2_0 = 0x2b7L;
    private static final long MOV_R1_R10 = 0xa1bfL;
    private static final long ADD_R1_MINUS_8 = 0x107L | 0xfffffff8L << 32;
    private static final long MOV_R2_8 = 0x2b7L | 8L << 32;
    private static final long MOV_R3_0 = 0x3b7L;
    private static final long CALL_COPY_FROM_USER = 0x85L | 148L << 32;
    private static final long MOV_R0_0 = 0xb7L;
    private static final long CALL_OVERRIDE_RETURN = 0x85L | 58L << 32;
    private static final long MOV_R1_0 = 0x1b7L;
    private static final long CALL_GET_CURRENT_ANCESTOR_CGROUP_ID = 0x85L | 123L << 32;
    private static final long CALL_GET_ATTACH_COOKIE = 0x85L | 174L << 32;
    private static final long PSEUDO_KFUNC_CALL = 2;
    private static final long STORE_R2_AT_STACK_16 = 0x2a7bL | 0xfff0L << 16;
    private static final long STORE_R2_AT_STACK_8 = 0x2a7bL | 0xfff8L << 16;
    private static final long MOV_R2_R10 = 0xa2bfL;
    private static final long ADD_R2_MINUS_16 = 0x207L | 0xfffffff0L << 32;
    private static final long MOV_R3_16 = 0x3b7L | 16L << 32;
    private static final long MOV_R4_1 = 0x4b7L | 1L << 32;
    private static final long MOV_R2_1 = 0x2b7L | 1L << 32;
    /** r2 = atomic_fetch_add((u64 *)(r10 - 8), r2) */
    private static final long FETCH_ADD = 0x2adbL | 0xfff8L << 16 | 1L << 32;
    private static final long STORE_RDI = 0x217bL | 112L << 16;
    private static final long EXIT = 0x95L;

    private final Map<Engine, String> missing = new EnumMap<>(Engine.class);
    private final OptionalInt helper;
    private final Optional<KernelFunctions.Kfunc> kfunc;
    private OptionalInt memoryFunction;
    private final Map<Ability, Boolean> abilities = new EnumMap<>(Ability.class);

    public Engines() {
        helper = KernelFunctions.helper("override_regs");
        if (helper.isEmpty()) {
            missing.put(Engine.HELPER, "this kernel has no helper " + FUNCTION);
        } else if (!loads(null, override(0L, helper.getAsInt()))) {
            missing.put(Engine.HELPER, refused());
        }
        kfunc = KernelFunctions.kfunc(MODULE, FUNCTION);
        if (kfunc.isEmpty()) {
            missing.put(Engine.KFUNC, !Files.exists(Path.of("/sys/module", MODULE)) ? "the module is not loaded: modprobe " + MODULE
                    : "the module is loaded but has no BTF: build it with pahole and the kernel's BTF at hand");
        } else if (!loads(new int[] {0, kfunc.get().btfFd()}, override(PSEUDO_KFUNC_CALL << 12 | 1L << 16, kfunc.get().id()))) {
            missing.put(Engine.KFUNC, refused());
        }
        if (!loads(null, MOV_R2_0, CALL_OVERRIDE_RETURN, MOV_R0_0, EXIT)) {
            missing.put(Engine.OVERRIDE_RETURN, "this kernel is built without CONFIG_BPF_KPROBE_OVERRIDE");
        }
        if (!loads(null, MOV_R2_0, STORE_RDI, MOV_R0_0, EXIT)) {
            missing.put(Engine.UPROBE_CTX, "this kernel's verifier lets no program write its context");
        }
    }

    /** A program that calls the override function; it is never attached. */
    private static long[] override(long callBits, int number) {
        return new long[] {MOV_R2_0, STORE_R2_AT_STACK_16, STORE_R2_AT_STACK_8, MOV_R2_R10, ADD_R2_MINUS_16, MOV_R3_16, MOV_R4_1,
            0x85L | callBits | (long) number << 32, MOV_R0_0, EXIT};
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

    private static boolean loads(int[] fdArray, long... instructions) {
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
    Patch overrideCall(Engine engine) {
        return engine == Engine.KFUNC ? Patch.kfunc(1, kfunc.orElseThrow().id()) : Patch.helper(helper.orElseThrow());
    }

    /** The same of the function that writes kernel memory. */
    Patch memoryCall(Engine engine) {
        int number = memoryFunction().orElseThrow();
        return engine == Engine.KFUNC ? Patch.kfunc(1, number) : Patch.helper(number);
    }

    private OptionalInt memoryFunction() {
        if (memoryFunction == null) {
            memoryFunction = helper.isPresent() ? KernelFunctions.helper("override_mem")
                    : KernelFunctions.kfunc(MODULE, MEMORY_FUNCTION).map(found -> OptionalInt.of(found.id()))
                            .orElse(OptionalInt.empty());
        }
        return memoryFunction;
    }

    /** Whether this kernel offers it to programs, found by trying. */
    public synchronized boolean can(Ability ability) {
        return abilities.computeIfAbsent(ability, asked -> switch (asked) {
            case MEMORY_WRITE -> memoryFunction().isPresent();
            case FETCHING_ATOMICS -> loads(null, MOV_R2_1, STORE_R2_AT_STACK_8, FETCH_ADD, MOV_R0_0, EXIT);
            case ANCESTOR_CGROUPS -> loads(null, MOV_R1_0, CALL_GET_CURRENT_ANCESTOR_CGROUP_ID, MOV_R0_0, EXIT);
            case ATTACH_COOKIES -> loads(null, CALL_GET_ATTACH_COOKIE, MOV_R0_0, EXIT);
            case USER_READS_WAIT -> userReadsWait();
        });
    }

    private static boolean userReadsWait() {
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "regsh_try", "GPL", new long[] {MOV_R1_R10, ADD_R1_MINUS_8,
            MOV_R2_8, MOV_R3_0, CALL_COPY_FROM_USER, MOV_R0_0, EXIT}, null, BpfProgram.SLEEPABLE)) {
            return Victim.returns(program) == 0;
        } catch (KernelException | IOException refused) {
            return false;
        }
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
