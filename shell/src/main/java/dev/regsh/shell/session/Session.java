// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.session;

import dev.regsh.bpf.CompileContext;
import dev.regsh.bpf.RuleCompiler;
import dev.regsh.bpf.program.CompiledRule;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.grammar.ast.Rule;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.shell.ExitCode;
import dev.regsh.shell.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules of this process. They are attached while it lives and it says so; nothing of them outlives it. */
public final class Session implements AutoCloseable {
    /** Rules a session can hold: its counters are one value of one map. */
    static final int MAX_RULES = 4096;

    private final KernelSymbols symbols = new KernelSymbols();
    private final KernelTypes types = new KernelTypes();
    private final UserPrograms programs = new UserPrograms();
    private final Map<Integer, LiveRule> rules = new TreeMap<>();
    private final Deque<Integer> freeBlocks = new ArrayDeque<>();
    private Engines engines;
    private UserFlow userFlow;
    private BpfMap counters;
    private BpfMap events;
    private int lastId;

    public KernelSymbols symbols() {
        return symbols;
    }

    public KernelTypes types() {
        return types;
    }

    /** @throws Failure if the process may not ask the kernel */
    public synchronized Engines engines() {
        if (engines == null) {
            if (!Engines.privileged()) {
                throw new Failure(ExitCode.UNSUPPORTED, "regsh may not load BPF programs: it lacks CAP_SYS_ADMIN",
                        "run it as root: sudo regsh");
            }
            if (!java.nio.file.Files.exists(java.nio.file.Path.of("/sys/kernel/btf/vmlinux"))) {
                throw new Failure(ExitCode.UNSUPPORTED, "this kernel has no BTF (/sys/kernel/btf/vmlinux)",
                        "use a kernel built with CONFIG_DEBUG_INFO_BTF");
            }
            engines = new Engines();
        }
        return engines;
    }

    private UserFlow userFlow() {
        if (userFlow == null) {
            userFlow = new UserFlow(engines());
        }
        return userFlow;
    }

    /** Compiles a rule for this machine without loading it. */
    public CompiledRule compile(Rule rule) {
        Engines found = engines();
        if (found.available().isEmpty()) {
            throw new Failure(ExitCode.UNSUPPORTED, "no engine works on this machine: "
                    + found.missing(dev.regsh.bpf.program.Engine.KFUNC), "regsh doctor says what each engine needs");
        }
        return RuleCompiler.compile(rule, new CompileContext(Architecture.ofThisMachine(), found.available(), symbols,
                types, programs, new Cgroups(), found.atomicFetch(), found.writesMemory()));
    }

    /** Compiles, loads, attaches and arms a rule; whatever fails, nothing of it stays. */
    public synchronized LiveRule attach(Rule rule, String text) {
        CompiledRule compiled = compile(rule);
        userFlow().check(rule, compiled);
        compiled.name().filter(name -> find(name) != null).ifPresent(name -> {
            throw new Failure("there is a rule named '" + name + "' already", "detach " + name);
        });
        Integer free = freeBlocks.poll();
        int block = free == null ? rules.size() : free;
        if (block >= MAX_RULES) {
            throw new Failure("a session holds at most " + MAX_RULES + " rules", "detach some");
        }
        ByteBuffer counting = block(block);
        Loader loader = new Loader(engines(), counters(), block * CounterLayout.SIZE, this::events, programs);
        try {
            LiveRule live = loader.attach(++lastId, text, compiled, counting);
            rules.put(live.id(), live);
            blocks.put(live.id(), block);
            return live;
        } catch (RuntimeException failed) {
            freeBlocks.push(block);
            throw failed;
        }
    }

    private final Map<Integer, Integer> blocks = new TreeMap<>();

    private BpfMap counters() {
        if (counters == null) {
            counters = new BpfMap(MapSpec.Type.ARRAY.number(), "regsh_counters", 4, MAX_RULES * CounterLayout.SIZE, 1,
                    BpfMap.MMAPABLE);
        }
        return counters;
    }

    private BpfMap events() {
        if (events == null) {
            events = new BpfMap(MapSpec.Type.RINGBUF.number(), "regsh_events", 0, 0, MapSpec.EVENTS_BYTES, 0);
        }
        return events;
    }

    /** A rule's counters, zeroed. */
    private ByteBuffer block(int number) {
        ByteBuffer all = counters().mapped((long) MAX_RULES * CounterLayout.SIZE);
        ByteBuffer block = all.slice(number * CounterLayout.SIZE, CounterLayout.SIZE).order(ByteOrder.nativeOrder());
        for (int at = 0; at < CounterLayout.SIZE; at += 8) {
            block.putLong(at, 0);
        }
        return block;
    }

    public synchronized Collection<LiveRule> rules() {
        return List.copyOf(rules.values());
    }

    /** By number or name; null: there is none. */
    public synchronized LiveRule find(String name) {
        for (LiveRule rule : rules.values()) {
            if (rule.name().equals(name) || Integer.toString(rule.id()).equals(name)) {
                return rule;
            }
        }
        return null;
    }

    /** The rules meant by a number, a name or {@code all}. */
    public synchronized List<LiveRule> named(String name) {
        if (name.equals("all")) {
            return new ArrayList<>(rules.values());
        }
        LiveRule rule = find(name);
        if (rule == null) {
            throw new Failure("no rule '" + name + "'", rules.isEmpty() ? "no rule is attached" : "list shows them");
        }
        return List.of(rule);
    }

    public synchronized void detach(LiveRule rule) {
        rules.remove(rule.id());
        rule.close();
        freeBlocks.push(blocks.remove(rule.id()));
    }

    @Override
    public synchronized void close() {
        for (LiveRule rule : rules()) {
            detach(rule);
        }
        programs.close();
    }
}
