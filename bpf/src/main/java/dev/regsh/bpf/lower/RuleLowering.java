// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.Code;
import dev.regsh.bpf.ir.Op;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.program.MapSpec;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.bpf.typed.Walk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A typed rule to intermediate code: is it armed and the task none of ours, do the selectors match (then it counts a hit), is it this
 * hit's turn (skip, every, chance, limit, in this order), then the actions: every value is computed, memory is written,
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
    private final EntryValues entries;
    private final ExpressionLowering expressions;
    private final List<Failing> failing;
    private TurnLowering turn;
    private int counters;
    private int armed;
    private int out;
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
        entries = EntryValues.of(rule, function).orElse(null);
        expressions = new ExpressionLowering(frame,
                rule.user() ? Optional.of(() -> context.can(Ability.USER_READS_WAIT)) : Optional.empty(), this::hits,
                register -> entries.value(frame, register));
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
        out = frame.code.newLabel();
        Prologue begun = new Prologue(frame, rule, out);
        counters = begun.counters;
        armed = begun.armed;
        List<MapSpec> maps = new ArrayList<>();
        if (entries != null) {
            entries.take(frame, registers, counters, armed, out);
            maps.add(entries.table());
        }
        SelectorLowering selectors = new SelectorLowering(frame, expressions, registers, counters, out, ancestorCgroups);
        rule.selectors().forEach(selectors::lower);
        maps.addAll(selectors.maps());
        turn = new TurnLowering(frame, counters, armed, out, atomicFetch);
        turn.lower(rule.turn());
        counted = true;
        frame.act();
        maps.addAll(turn.maps());
        actions();
        end();
        if (rule.emits()) {
            maps.add(MapSpec.events());
        }
        return new Lowered(frame.code.finish(), Optional.ofNullable(entries).map(e -> e.saver(registers, rule)), maps);
    }

    /** Whether its programs ask which function they run for. */
    public static boolean asksForFunction(TypedRule rule) {
        return rule.emits() || EntryValues.of(rule, FunctionNumber.only()).isPresent();
    }

    /** How many there were before this one. */
    private int hits() {
        int hits = frame.code.newValue();
        frame.code.add(new Op.Load(hits, 8, counters, CounterLayout.HITS));
        if (counted) {
            frame.code.add(new Op.BinaryConstant(Alu.ADD, true, hits, -1));
        }
        return hits;
    }

    private void actions() {
        EventLowering event = EventLayouts.of(rule)
                .map(layout -> new EventLowering(frame, expressions, function, counters, armed, layout)).orElse(null);
        if (event != null) {
            event.begin(rule);
        }
        StoreLowering stores = new StoreLowering(frame, expressions.memory());
        OverrideLowering overrides = new OverrideLowering(frame, expressions.memory(), registers, shadowStack, engine, refused());
        compute(event, stores, overrides);
        if (!rule.dry()) {
            stores.apply();
            if (overrides.any()) {
                overrides.apply();
            }
            rule.signal().ifPresent(this::signal);
        }
        frame.code.column(0);
        if (event != null) {
            event.send();
        }
        if (countFired) {
            frame.code.add(new Op.AtomicAdd(counters, CounterLayout.FIRED, armed));
        }
    }

    private void signal(int number) {
        frame.code.add(new Op.Call(new Target.Helper(Helper.SEND_SIGNAL), frame.error(), List.of(new Argument.Constant(number))));
        frame.code.add(new Op.BranchConstant(Condition.NE, frame.error(), 0, frame.failed(Failing.Kind.SIGNAL, "signal " + number)));
    }

    private void compute(EventLowering event, StoreLowering stores, OverrideLowering overrides) {
        for (TypedRule.MemoryWrite write : rule.memory()) {
            frame.code.column(write.span().column());
            Value value = expressions.lower(write.value());
            if (event != null) {
                event.change(new Expr.Load(write.place()), value);
            }
            if (!rule.dry()) {
                stores.prepare(write.place(), value);
            }
        }
        for (TypedRule.RegisterWrite write : rule.registers()) {
            frame.code.column(write.span().column());
            Value value = expressions.lower(write.value());
            if (event != null) {
                event.change(write.old(), value);
            }
            overrides.register(write.register(), value);
        }
        rule.result().ifPresent(result -> {
            frame.code.column(result.span().column());
            Value value = expressions.lower(result);
            if (event != null) {
                event.value(value);
            }
            overrides.result(value);
        });
        rule.jump().ifPresent(jump -> {
            frame.code.column(jump.span().column());
            Value target = target(jump);
            if (event != null) {
                event.value(target);
            }
            overrides.jump(target);
        });
        rule.signal().ifPresent(number -> {
            if (event != null) {
                event.value(Value.of(number));
            }
        });
        frame.code.column(0);
    }

    private Value target(TypedRule.Jump jump) {
        if (!rule.user()) {
            return Value.of(jump.target());
        }
        int address = frame.code.newValue();
        frame.code.add(new Op.ContextLoad(address, 8, registers.instructionPointer().slot() * 8));
        frame.code.add(new Op.Binary(Alu.ADD, true, address, frame.constant(jump.target())));
        return Value.at(address);
    }

    /** What the engine is asked for, as one names it. */
    private Failing refused() {
        List<String> parts = new ArrayList<>();
        String targets = rule.registers().stream().map(TypedRule.RegisterWrite::label).filter(label -> !label.equals("ret"))
                .collect(Collectors.joining(", "));
        if (!targets.isEmpty()) {
            parts.add("set " + targets);
        }
        if (rule.result().isPresent() || rule.registers().stream().anyMatch(write -> write.label().equals("ret"))) {
            parts.add("ret");
        }
        rule.jump().ifPresent(jump -> parts.add("goto " + jump.function()));
        return new Failing(rule.user() ? Failing.Kind.USER_REGISTERS : Failing.Kind.REGISTERS, String.join(" and ", parts));
    }

    /** Each way to fail sets the error's word; those of actions give back what they took of the limit. */
    private void end() {
        List<Map.Entry<Frame.Failure, Integer>> ways = new ArrayList<>(frame.failures().entrySet());
        ways.sort(Comparator.comparing(way -> way.getKey().acting()));
        boolean limited = rule.turn().limit() != TypedRule.Turn.UNLIMITED;
        boolean givesBack = limited && !ways.isEmpty() && ways.get(ways.size() - 1).getKey().acting();
        int giveBack = frame.code.newLabel();
        int count = frame.code.newLabel();
        if (!ways.isEmpty()) {
            frame.code.add(new Op.Jump(out));
        }
        for (int i = 0; i < ways.size(); i++) {
            Frame.Failure way = ways.get(i).getKey();
            frame.code.add(new Op.Place(ways.get(i).getValue()));
            failure(way);
            boolean goesOn = i == ways.size() - 1;
            if (!goesOn) {
                frame.code.add(new Op.Jump(limited && way.acting() ? giveBack : count));
            }
        }
        if (givesBack) {
            frame.code.add(new Op.Place(giveBack));
            turn.giveBack(rule.turn());
        }
        frame.code.add(new Op.Place(count));
        if (!ways.isEmpty()) {
            frame.code.add(new Op.Store(8, counters, CounterLayout.LAST_ERROR, frame.error()));
            frame.code.add(new Op.AtomicAdd(counters, CounterLayout.ERRORS, armed));
        }
        frame.code.add(new Op.Place(out));
        frame.code.add(new Op.Exit());
    }

    private void failure(Frame.Failure way) {
        int number = failing.indexOf(way.failing());
        if (number < 0) {
            number = failing.size();
            failing.add(way.failing());
        }
        if (way.failing().kind().reads()) {
            int address = frame.code.newValue();
            frame.code.add(new Op.StackLoad(address, 8, frame.address()));
            frame.code.add(new Op.Store(8, counters, CounterLayout.ERROR_ADDRESS, address));
        }
        if (way.errno() != 0) {
            frame.code.add(new Op.Constant(frame.error(), Failing.word(number) - way.errno()));
        } else if (number > 0) {
            frame.code.add(new Op.Binary(Alu.ADD, true, frame.error(), frame.constant(Failing.word(number))));
        }
    }

    /** Whether a rule's program need not count fired: every hit fires, or is an error. */
    public static boolean firedIsHits(TypedRule rule) {
        return rule.turn().everyHitFires() && !Walk.selectorsRead(rule);
    }
}
