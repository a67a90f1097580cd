// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf;

import dev.regsh.bpf.check.RuleChecker;
import dev.regsh.bpf.encode.Encoder;
import dev.regsh.bpf.encode.ProgramTooLongException;
import dev.regsh.bpf.engine.EngineChoice;
import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.lower.EventLayouts;
import dev.regsh.bpf.lower.RuleLowering;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.CompiledRule;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.program.Program;
import dev.regsh.bpf.resolve.AbsentException;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.ProbeResolver;
import dev.regsh.bpf.typed.Describe;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.ast.Clause;
import dev.regsh.grammar.ast.Rule;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules to programs: resolve the probe and the names, type, pick an engine, lower to intermediate code, encode. */
public final class RuleCompiler {
    /** @param atEntry for a rule at a return that asks for arguments */
    private record Programs(Program program, Optional<Program> atEntry, List<MapSpec> maps) {}

    private RuleCompiler() {}

    /**
     * @throws dev.regsh.grammar.diagnostic.DiagnosticException if the rule makes no sense on that machine
     * @throws dev.regsh.bpf.engine.NoEngineException if it does, but nothing there can do it
     */
    public static CompiledRule compile(Rule rule, CompileContext context) {
        List<AttachPoint> points = new ProbeResolver(context).resolve(rule);
        Map<LeftOut, AbsentException> leftOut = new LinkedHashMap<>();
        Map<TypedRule, Programs> known = new HashMap<>();
        List<CompiledRule.ProbeProgram> probes = new ArrayList<>();
        List<Failing> failing = new ArrayList<>();
        TypedRule first = null;
        Optional<Engine> engine = Optional.empty();
        for (AttachPoint point : points) {
            TypedRule typed;
            try {
                typed = RuleChecker.check(context, rule, point);
            } catch (AbsentException absent) {
                leftOut.put(new LeftOut(point.toString(), absent.getMessage()), absent);
                if (leftOut.size() == points.size()) {
                    throw nowhere(leftOut);
                }
                continue;
            }
            if (first == null) {
                first = typed;
                engine = EngineChoice.of(typed, context);
            }
            Programs programs = known.get(typed);
            if (programs == null) {
                programs = programs(rule, typed, engine, context, failing);
                known.put(typed, programs);
            }
            programs.atEntry().ifPresent(saver -> probes.add(new CompiledRule.ProbeProgram(point.atEntry(), saver)));
            probes.add(new CompiledRule.ProbeProgram(point, programs.program()));
        }
        List<MapSpec> maps = new ArrayList<>(List.of(MapSpec.counters()));
        maps.addAll(known.get(first).maps());
        return new CompiledRule(rule.clause(Clause.As.class).map(Clause.As::name), rule.dry(), engine, probes,
                List.copyOf(leftOut.keySet()), maps, RuleLowering.firedIsHits(first),
                rule.clause(Clause.For.class).map(Clause.For::duration), EventLayouts.of(first), failing, Describe.rule(first));
    }

    /** The error of a glob all of whose functions lack something: that of one where a near name is known, if any. */
    private static DiagnosticException nowhere(Map<LeftOut, AbsentException> all) {
        Map.Entry<LeftOut, AbsentException> told = all.entrySet().stream()
                .filter(each -> each.getValue().diagnostics().get(0).hint().startsWith(Errors.DID_YOU_MEAN)).findFirst()
                .orElseGet(() -> all.entrySet().iterator().next());
        if (all.keySet().stream().map(LeftOut::why).distinct().count() == 1) {
            return told.getValue();
        }
        Diagnostic error = told.getValue().diagnostics().get(0);
        return Errors.at(error.span(), "the rule fits none of the " + all.size() + " functions that match; at "
                + told.getKey().function() + ", " + error.message(), error.hint());
    }

    private static Programs programs(Rule rule, TypedRule typed, Optional<Engine> engine, CompileContext context,
            List<Failing> failing) {
        try {
            RuleLowering.Lowered lowered = RuleLowering.lower(context, typed, engine, failing);
            Optional<Code> saver = lowered.atEntry();
            return new Programs(Encoder.encode(lowered.code()), saver.map(Encoder::encode), lowered.maps());
        } catch (ProgramTooLongException large) {
            throw Errors.at(rule.span(), "this rule needs more stack or longer jumps than eBPF has",
                    "log fewer strings, or make two rules of it");
        }
    }
}
