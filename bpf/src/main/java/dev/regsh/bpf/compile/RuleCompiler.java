// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.compile;

import dev.regsh.bpf.check.RuleChecker;
import dev.regsh.bpf.encode.Encoder;
import dev.regsh.bpf.engine.EngineChoice;
import dev.regsh.bpf.guard.Guard;
import dev.regsh.bpf.guard.Spared;
import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.isa.Program;
import dev.regsh.bpf.isa.ProgramTooLongException;
import dev.regsh.bpf.lower.EventLayouts;
import dev.regsh.bpf.lower.FunctionNumber;
import dev.regsh.bpf.lower.RuleLowering;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.AttachPoint;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.EventLayout;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.resolve.FoundProbes;
import dev.regsh.bpf.resolve.ProbeResolver;
import dev.regsh.bpf.resolve.UserReturns;
import dev.regsh.bpf.typed.Returning;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.clause.AsClause;
import dev.regsh.grammar.clause.ForClause;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.statement.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules to programs: resolve the probe and the names, type, pick an engine, lower to intermediate code, encode. */
public final class RuleCompiler {
    /** The rule as it is at one function. */
    private record At(AttachPoint point, TypedRule typed) {}

    /** What functions have alike that share programs. */
    private record Variant(TypedRule typed, FunctionNumber number) {}

    /**
     * @param atEntry for a rule at a return that asks for arguments, or for which calls are remembered
     * @param atLastCalls for a rule at the return of a user function that also ends in calls of others
     */
    private record Programs(Program program, Optional<Program> atEntry, Optional<Program> atLastCalls,
            Optional<EventLayout> events) {}

    private final Rule rule;
    private final CompileContext context;
    private final Map<String, LeftOut> leftOut = new LinkedHashMap<>();
    private final Map<String, MapSpec> maps = new LinkedHashMap<>();
    private final Map<Variant, Programs> programs = new HashMap<>();
    private final List<Failing> failing = new ArrayList<>();
    private Optional<String> everybodys = Optional.empty();

    private RuleCompiler(Rule rule, CompileContext context) {
        this.rule = rule;
        this.context = context;
    }

    /**
     * @throws dev.regsh.grammar.diagnostic.DiagnosticException if the rule makes no sense on that machine
     * @throws dev.regsh.bpf.engine.NoEngineException if it does, but nothing there can do it
     */
    public static CompiledRule compile(Rule rule, CompileContext context) {
        return new RuleCompiler(rule, context).run();
    }

    private CompiledRule run() {
        FoundProbes found = ProbeResolver.resolve(context, rule);
        found.leftOut().forEach(each -> leftOut.put(each.function(), each));
        List<At> places = typed(found.points());
        List<TypedRule> typed = places.stream().map(At::typed).toList();
        Optional<Engine> engine = EngineChoice.of(typed, context);
        boolean firedIsHits = typed.stream().allMatch(RuleLowering::firedIsHits);
        add(MapSpec.counters());
        List<CompiledRule.Function> functions = new ArrayList<>();
        for (At place : places) {
            Programs made = programs(place.typed(), number(functions.size(), places.size()), places.size() == 1, engine,
                    !firedIsHits);
            functions.add(new CompiledRule.Function(place.point().toString(), probes(place.point(), made), made.events(),
                    place.typed()));
        }
        return new CompiledRule(rule.clause(AsClause.class).map(AsClause::name), rule.dry(), engine,
                functions.size() == 1 ? functions.get(0).name() : rule.probe().written(), functions,
                List.copyOf(leftOut.values()), List.copyOf(maps.values()), firedIsHits,
                rule.clause(ForClause.class).map(ForClause::duration), everybodys, failing);
    }

    private static List<CompiledRule.ProbeProgram> probes(AttachPoint point, Programs made) {
        List<CompiledRule.ProbeProgram> probes = new ArrayList<>();
        made.atEntry().ifPresent(saver -> probes.add(new CompiledRule.ProbeProgram(point.atEntry(), saver)));
        boolean elsewhereOnly = false;
        if (point instanceof AttachPoint.User user) {
            made.atLastCalls().ifPresent(program -> probes.add(new CompiledRule.ProbeProgram(user.atLastCalls(), program)));
            elsewhereOnly = user.places().isEmpty();
        }
        if (!elsewhereOnly) {
            probes.add(new CompiledRule.ProbeProgram(point, made.program()));
        }
        return probes;
    }

    /** The rule at each place; those where it does not fit are left out, unless it fits at none. */
    private List<At> typed(List<AttachPoint> points) {
        List<At> places = new ArrayList<>();
        Map<AttachPoint, DiagnosticException> misfits = new LinkedHashMap<>();
        Set<String> reasons = new HashSet<>();
        for (AttachPoint point : points) {
            try {
                AttachPoint settled = UserReturns.settle(context, rule, point);
                TypedRule typed = RuleChecker.check(context, rule, settled);
                Spared.check(context.tasks(), rule, settled);
                Optional<String> found = Guard.check(context.tasks(), rule, settled, typed);
                everybodys = everybodys.or(() -> found);
                places.add(new At(settled, typed));
            } catch (DiagnosticException misfit) {
                misfits.put(point, misfit);
                LeftOut out = LeftOut.of(point, misfit.diagnostics().get(0).message());
                leftOut.put(out.function(), out);
                reasons.add(out.why());
            }
        }
        if (places.isEmpty()) {
            throw nowhere(misfits, reasons.size() == 1);
        }
        return places;
    }

    /** The error of a rule that fits at no place: that of one where a near name is known, if any. */
    private static DiagnosticException nowhere(Map<AttachPoint, DiagnosticException> all, boolean alike) {
        Map.Entry<AttachPoint, DiagnosticException> told = all.entrySet().stream()
                .filter(each -> each.getValue().diagnostics().get(0).hint().startsWith(Errors.DID_YOU_MEAN)).findFirst()
                .orElseGet(() -> all.entrySet().iterator().next());
        if (alike) {
            return told.getValue();
        }
        Diagnostic error = told.getValue().diagnostics().get(0);
        return Errors.at(error.span(), "the rule fits none of the " + all.size() + " functions that match; at "
                + told.getKey() + ", " + error.message(), error.hint());
    }

    private FunctionNumber number(int number, int functions) {
        return functions == 1 ? FunctionNumber.only()
                : context.can(Ability.ATTACH_COOKIES) ? FunctionNumber.byCookie() : FunctionNumber.of(number);
    }

    /** @param alone there is no other function to share programs with: a rule is a deep key to look for */
    private Programs programs(TypedRule typed, FunctionNumber number, boolean alone, Optional<Engine> engine, boolean countFired) {
        // Where no program asks for the number, all functions can share one.
        Variant variant = new Variant(typed, RuleLowering.asksForFunction(typed) ? number : FunctionNumber.only());
        return alone ? lowered(variant, engine, countFired)
                : programs.computeIfAbsent(variant, wanted -> lowered(wanted, engine, countFired));
    }

    private Programs lowered(Variant variant, Optional<Engine> engine, boolean countFired) {
        TypedRule typed = variant.typed();
        RuleLowering.Lowered lowered = RuleLowering.lower(context, typed, engine, variant.number(), countFired, failing);
        lowered.maps().forEach(this::add);
        Optional<Code> lastCalls = typed.returning() == Returning.AT_SOME_INSTRUCTIONS ? Optional.of(RuleLowering.lower(context,
                typed.atLastCalls(), engine, variant.number(), countFired, failing).code()) : Optional.empty();
        try {
            return new Programs(Encoder.encode(lowered.code()), lowered.atEntry().map(Encoder::encode),
                    lastCalls.map(Encoder::encode), EventLayouts.of(typed));
        } catch (ProgramTooLongException large) {
            throw Errors.at(rule.span(), "this rule needs more stack or longer jumps than eBPF has",
                    "log fewer strings, or make two rules of it");
        }
    }

    private void add(MapSpec map) {
        MapSpec known = maps.putIfAbsent(map.name(), map);
        if (known != null && !known.equals(map)) {
            throw new IllegalStateException("two maps are named " + map.name());
        }
    }
}
