// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.integration;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.isa.Program;
import dev.regsh.bpf.isa.Program.Linker.Patch;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.file.HeldFile;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.libbpf.BpfProgram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A compiled rule in this machine's kernel, not attached; calls of functions that it does not have are replaced. */
final class Loaded implements AutoCloseable {
    private static final long CALL = 0x85;
    /** r0 = *(u64 *)(r1 + offset) */
    private static final long LOAD = 0x79 | 1 << 12;

    private final Map<String, BpfMap> maps = new HashMap<>();
    private final List<BpfProgram> programs = new ArrayList<>();

    /** Programs that sleep are loaded as such. */
    Loaded(CompiledRule rule, int type) {
        for (MapSpec spec : rule.maps()) {
            boolean shared = spec.name().equals(MapSpec.COUNTERS);
            BpfMap map = new BpfMap(spec.type().number(), "test", spec.keySize(), spec.valueSize(), spec.maxEntries(),
                    shared ? BpfMap.MMAPABLE : 0);
            maps.put(spec.name(), map);
            spec.cgroup().ifPresent(folder -> {
                try (HeldFile held = new HeldFile(folder)) {
                    map.update(new byte[4], ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(held.fd()).array());
                }
            });
            for (long token = 0; token < spec.tokens(); token++) {
                map.update(null, ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(token).array());
            }
        }
        counters().putLong(CounterLayout.ARMED, 1);
        counters().putLong(CounterLayout.UNTIL, CounterLayout.FOR_EVER);
        for (CompiledRule.ProbeProgram probe : rule.probes()) {
            programs.add(load(probe.program(), type));
        }
    }

    private BpfProgram load(Program program, int type) {
        long[] linked = program.link(relocation -> switch (relocation.kind()) {
            // The same kinds of arguments: a context, a block of stack with its size, flags.
            case OVERRIDE_CALL -> Patch.helper(Helper.GET_STACK.number());
            case MEM_CALL -> Patch.helper(Helper.KTIME_GET_NS.number());
            case MAP_FD -> Patch.map(maps.get(relocation.name()).fd());
            case MAP_VALUE -> Patch.mapValue(maps.get(relocation.name()).fd(), 0);
        });
        for (int i = 0; i < linked.length; i++) {
            if (linked[i] == (CALL | (long) Helper.GET_FUNC_IP.number() << 32)) {
                // The probe's address: at a hit the instruction pointer is that, as long as no other rule has moved it.
                linked[i] = LOAD | ((long) Architecture.ARM64.registers().instructionPointer().slot() * 8) << 16;
            }
            // Under lockdown programs may not write user memory.
            if (linked[i] == (CALL | (long) Helper.PROBE_WRITE_USER.number() << 32)) {
                linked[i] = CALL | (long) Helper.KTIME_GET_NS.number() << 32;
            }
        }
        return new BpfProgram(type, "test", CompiledRule.LICENSE, linked, null,
                type == BpfProgram.SYSCALL || program.sleeps() ? BpfProgram.SLEEPABLE : 0);
    }

    ByteBuffer counters() {
        return maps.get(MapSpec.COUNTERS).mapped(CounterLayout.SIZE);
    }

    BpfMap map(String name) {
        return maps.get(name);
    }

    /** Runs the last program; it may write the registers. */
    void run(byte[] registers) {
        programs.get(programs.size() - 1).run(registers);
    }

    @Override
    public void close() {
        programs.forEach(BpfProgram::close);
        maps.values().forEach(BpfMap::close);
    }
}
