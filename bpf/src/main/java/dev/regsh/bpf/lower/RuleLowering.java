// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Label;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.typed.TypedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A typed rule to intermediate code: is it armed and the task none of ours, do the selectors match (then it counts a hit), is it
 * this hit's turn (skip, every, chance, limit, in this order), then the actions: every value is computed, memory is written,
 * registers are, a signal goes out, the event is sent.
 */
public final class RuleLowering {
    /**
     * @param atEntry for a rule at a return: what keeps of the entry what is asked for there
     * @param maps besides the counters
     */
    public record Lowered(Code code, Optional<Code> atEntry, List<MapSpec> maps) {}

    private final RegisterTable registers;
    private final boolean atomicFetch;
    private final boolean ancestorCgroups;
    private final ShadowStack shadowStack;
    private final TypedRule rule;
    private final Optional<Engine> engine;
    private final FunctionNumber function;
    private final boolean countFired;
    private final Frame frame = new Frame();
    private final CodeBuilder code = frame.code;
    private final OverrideFunctions functions;
    private final Optional<EntryValues> entries;
    private final ExpressionLowering expressions;
    private final List<Failing> failing;
    private final Label out;
    private final CounterWords counters;
    /** This hit is among the hits. */
    private boolean counted;

    private RuleLowering(LoweringContext context, TypedRule rule, Optional<Engine> engine, FunctionNumber function,
            boolean countFired, List<Failing> failing) {
        registers = context.architecture().registers();
        atomicFetch = context.can(Ability.FETCHING_ATOMICS);
        ancestorCgroups = context.can(Ability.ANCESTOR_CGROUPS);
        shadowStack = new ShadowStack(context.types());
        this.rule = rule;
        this.engine = engine;
        this.function = function;
        this.countFired = countFired;
        this.failing = failing;
        functions = OverrideFunctions.of(engine, frame);
        entries = EntryValues.of(rule, function);
        expressions = new ExpressionLowering(frame,
                rule.user() ? Optional.of(() -> waits(context)) : Optional.empty(), this::hits,
                register -> entries.orElseThrow().value(frame, register));
        out = code.label();
        counters = Prologue.write(frame, rule, out);
    }

    /**
     * @param countFired it counts fired by itself: at least one function of the rule needs it, see {@link #firedIsHits}
     * @param failing what can fail in programs of this rule; what is new in this one is added
     */
    public static Lowered lower(LoweringContext context, TypedRule rule, Optional<Engine> engine, FunctionNumber function,
            boolean countFired, List<Failing> failing) {
        return new RuleLowering(context, rule, engine, function, countFired, failing).run();
    }

    private Lowered run() {
        List<MapSpec> maps = new ArrayList<>();
        entries.ifPresent(kept -> {
            kept.take(frame, registers, counters, out);
            maps.add(kept.table());
        });
        SelectorLowering selectors = new SelectorLowering(frame, expressions, registers, counters, out, ancestorCgroups);
        rule.selectors().forEach(selector -> maps.addAll(selectors.lower(selector)));
        TurnLowering turn = new TurnLowering(frame, counters, out, atomicFetch);
        turn.lower(rule.turn());
        maps.addAll(turn.maps());
        counted = true;
        frame.act();
        actions();
        new Epilogue(frame, counters, failing).write(turn, rule, out);
        maps.addAll(functions.maps());
        if (rule.emits()) {
            maps.add(MapSpec.events());
        }
        return new Lowered(code.finish(), entries.map(kept -> kept.saver(registers, rule)), maps);
    }

    /** The module's own probes run no program that sleeps. */
    private boolean waits(LoweringContext context) {
        return !engine.equals(Optional.of(Engine.PROBE)) && context.can(Ability.USER_READS_WAIT);
    }

    private void actions() {
        Optional<EventLowering> event = EventLayouts.of(rule)
                .map(layout -> new EventLowering(frame, expressions, function, counters, layout));
        ActionLowering actions = new ActionLowering(rule, frame, expressions, registers, functions, event);
        actions.compute();
        if (!rule.dry()) {
            actions.act(shadowStack, engine);
        }
        event.ifPresent(EventLowering::send);
        if (countFired) {
            counters.count(CounterLayout.FIRED);
        }
    }

    /** How many there were before this one. */
    private Value hits() {
        Value hits = counters.load(CounterLayout.HITS);
        if (counted) {
            code.alu(hits, Alu.ADD, -1);
        }
        return hits;
    }

    /** Whether its programs ask which function they run for. */
    public static boolean asksForFunction(TypedRule rule) {
        return rule.emits() || EntryValues.of(rule, FunctionNumber.only()).isPresent();
    }

    /** Whether a rule's program need not count fired: every hit fires, or is an error. */
    public static boolean firedIsHits(TypedRule rule) {
        return rule.turn().everyHitFires() && !rule.selectorsRead();
    }
}
