// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.engine;

import dev.regsh.bpf.CompileContext;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.typed.TypedRule;
import dev.regsh.grammar.ast.Span;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Picks the engine of a rule: the best one of this machine that can do all of it. */
public final class EngineChoice {
    private EngineChoice() {}

    public static Engine of(TypedRule rule, CompileContext context, Span span) {
        Set<Need> needs = Need.of(rule);
        for (Engine engine : Engine.values()) {
            if (context.engines().contains(engine) && needs.stream().allMatch(need -> can(engine, need, context))) {
                return engine;
            }
        }
        if (rule.dry() && !context.engines().isEmpty()) {
            return Arrays.stream(Engine.values()).filter(context.engines()::contains).findFirst().orElseThrow();
        }
        Need missing = needs.stream().filter(need -> context.engines().stream().noneMatch(e -> can(e, need, context)))
                .findFirst().orElseGet(() -> needs.stream().findFirst().orElse(Need.KERNEL_REGISTERS));
        throw Errors.at(span, "no engine of this machine can " + missing.words() + (needs.size() > 1
                && context.engines().stream()
                .anyMatch(e -> can(e, missing, context)) ? " and do the rest of this rule" : ""),
                Arrays.stream(Engine.values()).filter(engine -> needs.stream().allMatch(need -> couldDo(engine, need)))
                        .map(engine -> engine.label() + " could, with " + engine.needs()).collect(Collectors.joining("; ")));
    }

    private static boolean can(Engine engine, Need need, CompileContext context) {
        return couldDo(engine, need) && (need != Need.KERNEL_MEMORY || context.memoryWrite());
    }

    private static boolean couldDo(Engine engine, Need need) {
        return switch (engine) {
            case HELPER, KFUNC -> true;
            case OVERRIDE_RETURN -> need == Need.KERNEL_SKIP;
            case UPROBE_CTX -> need.user();
        };
    }
}
