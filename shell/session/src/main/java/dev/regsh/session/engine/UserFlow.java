// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.engine;

import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.isa.Program.Linker.Patch;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.grammar.clause.Clause;
import dev.regsh.grammar.clause.GotoClause;
import dev.regsh.grammar.clause.RetClause;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.libbpf.BpfMap;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.OverrideDevice;
import dev.regsh.libbpf.ProbeLink;
import dev.regsh.libbpf.Victim;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a program at a user probe can make the process go on elsewhere. Most kernels run the probed instruction whatever the
 * program did to the instruction pointer: tried on a function of our own, once for each engine that is asked for.
 */
public final class UserFlow {
    private static final int ANSWER = 77;

    private final Engines engines;
    private final Map<Engine, Boolean> tried = new EnumMap<>(Engine.class);

    public UserFlow(Engines engines) {
        this.engines = engines;
    }

    /** @throws DiagnosticException if the rule needs what this kernel does not do */
    public void check(Rule rule, CompiledRule compiled) {
        Optional<? extends Clause> clause = rule.clause(RetClause.class);
        clause = clause.isPresent() ? clause : rule.clause(GotoClause.class);
        boolean user = compiled.probes().get(0).attach() instanceof AttachPoint.User;
        if (user && clause.isPresent() && !rule.after() && !rule.dry() && !works(compiled.engine().orElseThrow())) {
            throw new DiagnosticException(new Diagnostic(clause.get().span(),
                    "this kernel runs a user function in any case: it ignores a changed instruction pointer at a user probe",
                    "set changes its arguments, and after PROBE ret=VALUE its result"));
        }
    }

    private synchronized boolean works(Engine engine) {
        // Nothing can be tried at level 0, where the rule counts its refusals as any other.
        return !Injectability.off(engine).isEmpty() || tried.computeIfAbsent(engine, this::attempt);
    }

    private boolean attempt(Engine engine) {
        try {
            return switch (engine) {
                case PROBE -> leavesByDoor();
                case UPROBE_CTX -> leaves(TrialPrograms.skipByStores(ANSWER), null, ProbeLink.OF_THE_KERNEL);
                default -> leaves(TrialPrograms.skip(engines.overrideCall(engine), ANSWER), engines.fdArray(engine),
                        ProbeLink.OF_THE_KERNEL);
            };
        } catch (KernelException | IOException refused) {
            return false;
        }
    }

    private static boolean leavesByDoor() throws IOException {
        MapSpec spec = TrialPrograms.door();
        try (BpfMap door = new BpfMap(spec.type().number(), "regsh_try", spec.keySize(), spec.valueSize(), spec.maxEntries(), 0)) {
            OverrideDevice.open(door, false);
            return leaves(TrialPrograms.skipByDoor(Patch.map(door.fd()), ANSWER), null, OverrideDevice.ASKS_RETURN);
        }
    }

    private static boolean leaves(long[] skip, int @Nullable [] fdArray, int asks) throws IOException {
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "regsh_try", "GPL", skip, fdArray, 0)) {
            return Victim.returns(program, asks) == ANSWER;
        }
    }
}
