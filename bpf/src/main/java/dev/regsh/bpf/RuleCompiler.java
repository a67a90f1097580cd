// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf;

import dev.regsh.bpf.encode.Encoder;
import dev.regsh.bpf.encode.ProgramTooLongException;
import dev.regsh.bpf.lower.RuleLowering;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.CompiledRule;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.program.Program;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.ProbeResolver;
import dev.regsh.grammar.ast.Clause;
import dev.regsh.grammar.ast.Rule;
import java.util.List;
import java.util.Optional;

/** Rules to programs: resolve the probe, lower to intermediate code, encode. */
public final class RuleCompiler {
    private RuleCompiler() {}

    /** @throws dev.regsh.grammar.diagnostic.DiagnosticException if the rule makes no sense on that machine */
    public static CompiledRule compile(Rule rule, CompileContext context) {
        rejectUnsupported(rule);
        List<AttachPoint> points = new ProbeResolver(context).resolve(rule);
        Engine engine = engine(rule, context, points.get(0));
        boolean atEntry = !rule.after() && (!(points.get(0) instanceof AttachPoint.Kernel kernel) || kernel.offset() == 0);
        Program program;
        try {
            program = Encoder.encode(RuleLowering.lower(context, rule, engine, atEntry));
        } catch (ProgramTooLongException large) {
            throw Errors.at(rule.span(), "this rule needs more stack or longer jumps than eBPF has", "make it smaller");
        }
        return new CompiledRule(rule.clause(Clause.As.class).map(Clause.As::name), rule.dry(), engine,
                points.stream().map(point -> new CompiledRule.ProbeProgram(point, program)).toList(),
                List.of(MapSpec.counters()), RuleLowering.everyHitFires(rule),
                rule.clause(Clause.For.class).map(Clause.For::duration), Optional.empty(), List.of());
    }

    /** A clause is compiled or refused, never passed over. */
    private static void rejectUnsupported(Rule rule) {
        for (Clause clause : rule.clauses()) {
            if (clause instanceof Clause.Log || clause instanceof Clause.Write || clause instanceof Clause.Goto
                    || clause instanceof Clause.Caller || clause instanceof Clause.Cgroup) {
                String name = clause.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
                throw Errors.at(clause.span(), name + " is not compiled by this version yet");
            }
        }
        boolean acts = rule.clauses().stream().anyMatch(c -> c instanceof Clause.Set || c instanceof Clause.Ret
                || c instanceof Clause.Signal);
        if (!acts && !rule.dry()) {
            throw Errors.at(rule.span(), "this rule changes nothing", "add set REGISTER=VALUE or ret=VALUE, or begin it with dry");
        }
    }

    private static Engine engine(Rule rule, CompileContext context, AttachPoint point) {
        for (Engine engine : Engine.values()) {
            if (context.engines().contains(engine) && can(engine, rule, point)) {
                return engine;
            }
        }
        throw Errors.at(rule.span(), "no engine of this machine can do this",
                Engine.HELPER.label() + " could: " + Engine.HELPER.needs() + "; or " + Engine.KFUNC.label() + ": "
                        + Engine.KFUNC.needs());
    }

    private static boolean can(Engine engine, Rule rule, AttachPoint point) {
        if (engine.overridesRegisters() || rule.dry()) {
            return true;
        }
        boolean onlyReturns = rule.clause(Clause.Ret.class).isPresent() && rule.clause(Clause.Set.class).isEmpty()
                && !rule.after() && point instanceof AttachPoint.Kernel kernel && kernel.offset() == 0;
        boolean changes = rule.clause(Clause.Ret.class).isPresent() || rule.clause(Clause.Set.class).isPresent();
        return engine == Engine.OVERRIDE_RETURN && (onlyReturns || !changes);
    }
}
