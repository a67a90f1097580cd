// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.isa.Program.Linker.Patch;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.CompiledRule;
import dev.regsh.bpf.program.Engine;
import dev.regsh.grammar.ast.Clause;
import dev.regsh.grammar.ast.Rule;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.libbpf.BpfProgram;
import dev.regsh.libbpf.Victim;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a program at a user probe can make the process go on elsewhere. Most kernels run the probed instruction whatever the
 * program did to the instruction pointer: tried on a function of our own, once for each engine that is asked for.
 */
final class UserFlow {
    private static final int ANSWER = 77;
    // struct pt_regs of x86-64, in bytes, as a program sees it.
    private static final int RAX = 80;
    private static final int RIP = 128;
    private static final int RSP = 152;
    private static final int PROBE_READ_USER = 112;
    private static final int OVERRIDE_RETURN = 2;

    private final Engines engines;
    private final Map<Engine, Boolean> tried = new EnumMap<>(Engine.class);

    UserFlow(Engines engines) {
        this.engines = engines;
    }

    /** @throws DiagnosticException if the rule needs what this kernel does not do */
    void check(Rule rule, CompiledRule compiled) {
        Optional<? extends Clause> clause = rule.clause(Clause.Ret.class);
        clause = clause.isPresent() ? clause : rule.clause(Clause.Goto.class);
        boolean user = compiled.probes().get(0).attach() instanceof AttachPoint.User;
        if (user && clause.isPresent() && !rule.after() && !rule.dry() && !works(compiled.engine().orElseThrow())) {
            throw new DiagnosticException(new Diagnostic(clause.get().span(),
                    "this kernel runs a user function in any case: it ignores a changed instruction pointer at a user probe",
                    "set changes its arguments, and after PROBE ret=VALUE its result"));
        }
    }

    private synchronized boolean works(Engine engine) {
        // Nothing can be tried at level 0, where the rule counts its refusals as any other.
        return Injectability.off(engine) || tried.computeIfAbsent(engine, this::attempt);
    }

    private boolean attempt(Engine engine) {
        long[] skip = engine.overridesRegisters() ? byFunction(engines.overrideCall(engine)) : byStores();
        try (BpfProgram program = new BpfProgram(BpfProgram.KPROBE, "regsh_try", "GPL", skip, engines.fdArray(engine), 0)) {
            return Victim.returns(program) == ANSWER;
        } catch (KernelException | IOException refused) {
            return false;
        }
    }

    /** One struct bpf_reg_value on the stack: slot 10 is rax. */
    private static long[] byFunction(Patch call) {
        return new long[] {
            instruction(0x7a, 10, 0, -16, RAX / 8), // *(u64 *)(r10 - 16) = slot
            instruction(0x7a, 10, 0, -8, ANSWER),
            instruction(0xbf, 2, 10, 0, 0), // r2 = r10
            instruction(0x07, 2, 0, 0, -16),
            instruction(0xb7, 3, 0, 0, 16),
            instruction(0xb7, 4, 0, 0, OVERRIDE_RETURN),
            instruction(0x85, 0, call.source(), call.offset(), call.immediate()),
            instruction(0xb7, 0, 0, 0, 0),
            instruction(0x95, 0, 0, 0, 0),
        };
    }

    /** Return by hand: to the address on the stack, which is popped. */
    private static long[] byStores() {
        return new long[] {
            instruction(0xbf, 6, 1, 0, 0), // r6 = context
            instruction(0x79, 7, 6, RSP, 0), // r7 = rsp
            instruction(0xbf, 1, 10, 0, 0),
            instruction(0x07, 1, 0, 0, -8),
            instruction(0xb7, 2, 0, 0, 8),
            instruction(0xbf, 3, 7, 0, 0),
            instruction(0x85, 0, 0, 0, PROBE_READ_USER),
            instruction(0x79, 8, 10, -8, 0),
            instruction(0x7b, 6, 8, RIP, 0), // rip = *rsp
            instruction(0x07, 7, 0, 0, 8),
            instruction(0x7b, 6, 7, RSP, 0),
            instruction(0xb7, 8, 0, 0, ANSWER),
            instruction(0x7b, 6, 8, RAX, 0),
            instruction(0xb7, 0, 0, 0, 0),
            instruction(0x95, 0, 0, 0, 0),
        };
    }

    private static long instruction(int opcode, int destination, int source, int offset, int immediate) {
        return opcode | destination << 8 | (long) source << 12 | (offset & 0xffffL) << 16 | (immediate & 0xffffffffL) << 32;
    }
}
