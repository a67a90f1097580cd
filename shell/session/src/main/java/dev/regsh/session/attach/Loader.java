// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.attach;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.isa.Program;
import dev.regsh.bpf.isa.Program.Linker.Patch;
import dev.regsh.bpf.isa.Relocation;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.Architecture;
import dev.regsh.file.HeldFile;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.ModuleHold;
import dev.regsh.libbpf.OverrideDevice;
import dev.regsh.libbpf.ProbeLink;
import dev.regsh.session.counter.CounterBlock;
import dev.regsh.session.counter.Counters;
import dev.regsh.session.engine.Engines;
import dev.regsh.session.engine.Injectability;
import dev.regsh.session.event.EventHub;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.program.UserPrograms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a compiled rule into the kernel: its maps, its programs, its probes. */
public final class Loader {
    /** What the kernel answers where one function is to blame; the rest would be the same for all. */
    private static final Set<String> OF_THE_FUNCTION = Set.of("EINVAL", "EILSEQ", "ENOENT", "EOPNOTSUPP", "EADDRNOTAVAIL",
            "EPERM", "EACCES", "EBUSY", "EFAULT");

    private final Engines engines;
    private final Counters counters;
    private final EventHub events;
    private final UserPrograms userPrograms;
    private final List<BpfMap> owned = new ArrayList<>();
    private final Map<String, BpfMap> maps = new HashMap<>();
    private final IdentityHashMap<Program, BpfProgram> programs = new IdentityHashMap<>();
    private final List<ProbeLink> links = new ArrayList<>();
    private final List<LeftOut> refusedFunctions = new ArrayList<>();
    private final CounterBlock block;
    private final Optional<Duration> time;
    private final Optional<JumpTarget> target;
    private @Nullable Failure firstRefused;

    /**
     * For one rule.
     *
     * @param time until it is detached by itself
     * @param target what it holds is the attachment's, or closed
     */
    public Loader(Engines engines, Counters counters, EventHub events, UserPrograms userPrograms, CounterBlock block,
            Optional<Duration> time, Optional<JumpTarget> target) {
        this.engines = engines;
        this.counters = counters;
        this.events = events;
        this.userPrograms = userPrograms;
        this.block = block;
        this.time = time;
        this.target = target;
    }

    /**
     * Everything or nothing; what is attached does nothing until the block is armed.
     *
     * @param id the rule's number
     */
    public Attachment attach(int id, CompiledRule compiled) {
        try {
            compiled.maps().forEach(this::create);
            block.begin(id, time);
            for (int number = 0; number < compiled.functions().size(); number++) {
                attach(compiled, number);
            }
            if (links.isEmpty() && firstRefused != null) {
                throw firstRefused;
            }
        } catch (KernelException refused) {
            close();
            throw explain(refused, compiled.probe(), compiled);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
        return new Attachment(compiled.name().orElse(Integer.toString(id)), compiled, refusedFunctions, owned,
                List.copyOf(programs.values()), links, target);
    }

    /** One function of the rule with all its probes; the kernel may refuse one of several, which is left out then. */
    private void attach(CompiledRule compiled, int number) {
        CompiledRule.Function function = compiled.functions().get(number);
        List<ProbeLink> its = new ArrayList<>();
        try {
            for (CompiledRule.ProbeProgram probe : function.probes()) {
                if (Thread.interrupted()) {
                    throw new Failure(Failure.Kind.INTERRUPTED, "interrupted: nothing of the rule is attached", "");
                }
                BpfProgram program = programs.computeIfAbsent(probe.program(), p -> load(compiled, p));
                int asks = Asks.of(compiled, function, probe);
                for (Supplier<ProbeLink> each : probes(program, probe.attach(), number, asks)) {
                    its.add(each.get());
                }
            }
            time.ifPresent(left -> its.forEach(link -> link.expireAfter(left)));
            links.addAll(its);
        } catch (KernelException refused) {
            ProbeLink.closeAll(its);
            Failure explained = explain(refused, function.name(), compiled);
            if (compiled.functions().size() == 1 || !OF_THE_FUNCTION.contains(Errno.name(refused.errno()))) {
                throw explained;
            }
            firstRefused = firstRefused == null ? explained : firstRefused;
            refusedFunctions.add(new LeftOut(function.name(), reason(refused, compiled)));
        } catch (RuntimeException failed) {
            ProbeLink.closeAll(its);
            throw failed;
        }
    }

    private void create(MapSpec spec) {
        if (spec.scope() == MapSpec.Scope.SESSION) {
            maps.put(spec.name(), spec.name().equals(MapSpec.EVENTS) ? events.ring() : counters.map());
            return;
        }
        BpfMap map = new BpfMap(spec.type().number(), "regsh_" + spec.name(), spec.keySize(), spec.valueSize(),
                spec.maxEntries(), 0);
        owned.add(map);
        maps.put(spec.name(), map);
        if (spec.type() == MapSpec.Type.DOOR) {
            // Before a program is loaded that goes through it.
            OverrideDevice.open(map, spec.equals(MapSpec.memoryDoor()));
        }
        spec.cgroup().ifPresent(folder -> {
            try (HeldFile held = new HeldFile(folder)) {
                map.update(new byte[4], ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(held.fd()).array());
            }
        });
        for (long token = 0; token < spec.tokens(); token++) {
            map.update(null, ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(token).array());
        }
    }

    private BpfProgram load(CompiledRule compiled, Program program) {
        long[] linked = program.link(relocation -> resolve(compiled, relocation));
        BpfProgram loaded = new BpfProgram(CompiledRule.PROGRAM_TYPE, "regsh", CompiledRule.LICENSE, linked,
                compiled.engine().map(engines::fdArray).orElse(null), program.sleeps() ? BpfProgram.SLEEPABLE : 0);
        target.flatMap(JumpTarget::hold).ifPresent(hold -> hold.untilGone(loaded));
        return loaded;
    }

    private Patch resolve(CompiledRule compiled, Relocation relocation) {
        return switch (relocation.kind()) {
            case OVERRIDE_CALL -> engines.overrideCall(compiled.engine().orElseThrow());
            case MAP_FD -> Patch.map(map(relocation).fd());
            case MAP_VALUE -> Patch.mapValue(map(relocation).fd(), map(relocation) == counters.map() ? Counters.offset(block) : 0);
            case MEM_CALL -> engines.memoryCall(compiled.engine().orElseThrow());
        };
    }

    private BpfMap map(Relocation relocation) {
        return maps.computeIfAbsent(relocation.name(), name -> counters.map());
    }

    /** What puts the probes of a point there, one each. */
    private List<Supplier<ProbeLink>> probes(BpfProgram program, AttachPoint point, int number, int asks) {
        return point.accept(new AttachPoint.Visitor<>() {
            @Override
            public List<Supplier<ProbeLink>> visitKernel(AttachPoint.Kernel kernel) {
                String function = kernel.module().isEmpty() ? kernel.function() : kernel.module() + ":" + kernel.function();
                return List.of(() -> kernel.byAddress()
                        ? ProbeLink.kprobe(program, kernel.address() + kernel.offset(), kernel.onReturn(), number, asks)
                        : ProbeLink.kprobe(program, function, kernel.offset(), kernel.onReturn(), number, asks));
            }

            @Override
            public List<Supplier<ProbeLink>> visitUser(AttachPoint.User user) {
                String path = path(user);
                return user.places().stream().map(place -> (Supplier<ProbeLink>) () -> ProbeLink.uprobe(program, path, place,
                        user.pid(), user.hooked(), number, asks)).toList();
            }
        });
    }

    private String path(AttachPoint.User user) {
        try {
            return userPrograms.attachPath(user.path());
        } catch (IOException unreadable) {
            throw new Failure(user.path() + ": " + unreadable.getMessage(), "");
        }
    }

    /** In a few words, for one of many functions. */
    private static String reason(KernelException refused, CompiledRule compiled) {
        String errno = Errno.name(refused.errno());
        if (!refused.operation().equals("attach")) {
            return "the kernel refuses the program: " + VerifierSentence.of(refused.log());
        }
        boolean listed = errno.equals("EPERM")
                || (errno.equals("EINVAL") && compiled.engine().equals(Optional.of(Engine.OVERRIDE_RETURN)));
        return listed ? "not on the list of those that may be overridden" : "the kernel refuses a probe there: " + errno;
    }

    private static Failure explain(KernelException refused, String point, CompiledRule compiled) {
        String reason = Errno.name(refused.errno()) + ", " + Errno.text(refused.errno());
        if (!refused.operation().equals("attach")) {
            String sentence = VerifierSentence.of(refused.log());
            return new Failure("the kernel did not take the program for " + point + " (" + reason + ")"
                    + (sentence.isEmpty() ? "" : ": " + sentence), "--verbose shows the verifier's whole log", refused.log());
        }
        String off = compiled.engine().map(Injectability::off).orElse("");
        String hint = switch (Errno.name(refused.errno())) {
            case "ECANCELED" -> "REGSH_NO_KPROBES is set: nothing is attached to the kernel";
            case "ENOENT" -> "the function is gone; is its module still loaded?";
            case "EILSEQ" -> "the offset is not the start of an instruction";
            case "EINVAL", "EOPNOTSUPP", "EADDRNOTAVAIL" -> "the kernel cannot put a probe there (inlined, notrace or init code"
                    + (Architecture.ofThisMachine() == Architecture.ARM64 ? ", or an instruction that it cannot step over)" : ")");
            case "EPERM", "EACCES" -> !off.isEmpty() ? off : "the function is not on the list of those that may be overridden";
            default -> "";
        };
        return new Failure("cannot attach to " + point + " (" + reason + ")", hint);
    }

    private void close() {
        ProbeLink.closeAll(links);
        programs.values().forEach(BpfProgram::close);
        owned.forEach(BpfMap::close);
        target.flatMap(JumpTarget::hold).ifPresent(ModuleHold::close);
    }
}
