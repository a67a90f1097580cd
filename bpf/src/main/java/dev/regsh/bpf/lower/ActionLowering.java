// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Target;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Helper;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.program.Failing;
import dev.regsh.bpf.register.RegisterTable;
import dev.regsh.bpf.typed.Expr;
import dev.regsh.bpf.typed.TypedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rule does at a hit whose turn it is: every value is computed before the first change. */
final class ActionLowering {
    private final TypedRule rule;
    private final Frame frame;
    private final CodeBuilder code;
    private final ExpressionLowering expressions;
    private final RegisterTable registers;
    private final Optional<EventLowering> event;
    private final OverrideFunctions functions;
    private final StoreLowering stores;
    private final RegisterChanges changes;

    ActionLowering(TypedRule rule, Frame frame, ExpressionLowering expressions, RegisterTable registers,
            OverrideFunctions functions, Optional<EventLowering> event) {
        this.rule = rule;
        this.frame = frame;
        code = frame.code;
        this.expressions = expressions;
        this.registers = registers;
        this.event = event;
        this.functions = functions;
        stores = new StoreLowering(frame, functions, expressions.memory());
        changes = new RegisterChanges(code);
    }

    /** Computes everything, and puts into the event what there is to tell. */
    void compute() {
        event.ifPresent(each -> each.begin(rule));
        for (TypedRule.MemoryWrite write : rule.memory()) {
            code.column(write.span().column());
            Value value = expressions.lower(write.value());
            event.ifPresent(each -> each.change(new Expr.Load(write.place()), value));
            if (!rule.dry()) {
                stores.prepare(write.place(), value);
            }
        }
        for (TypedRule.RegisterWrite write : rule.registers()) {
            code.column(write.span().column());
            Value value = expressions.lower(write.value());
            event.ifPresent(each -> each.change(write.old(), value));
            changes.register(write.register(), value);
        }
        rule.result().ifPresent(result -> {
            code.column(result.span().column());
            Value value = expressions.lower(result);
            event.ifPresent(each -> each.value(value));
            changes.result(value);
        });
        rule.jump().ifPresent(jump -> {
            code.column(jump.span().column());
            Value target = target(jump);
            event.ifPresent(each -> each.value(target));
            changes.jump(target);
        });
        rule.signal().ifPresent(number -> event.ifPresent(each -> each.value(Value.of(number))));
        code.column(0);
    }

    private Value target(TypedRule.Jump jump) {
        if (!rule.user()) {
            return Value.of(jump.target());
        }
        Value address = code.contextWord(registers.instructionPointer());
        code.alu(address, Alu.ADD, jump.target());
        return address;
    }

    /** Changes memory, registers, and sends the signal; jumps where one of them fails. */
    void act(ShadowStack shadowStack, Optional<Engine> engine) {
        stores.apply();
        if (changes.any()) {
            new OverrideLowering(frame, functions, expressions.memory(), registers, shadowStack, engine.orElseThrow(), asked())
                    .apply(changes);
        }
        rule.signal().ifPresent(number -> frame.attempt(new Failing(Failing.Kind.SIGNAL, "signal " + number),
                Target.of(Helper.SEND_SIGNAL), Value.of(number)));
        code.column(0);
    }

    /** What the engine is asked for, as one names it. */
    private Failing asked() {
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
}
