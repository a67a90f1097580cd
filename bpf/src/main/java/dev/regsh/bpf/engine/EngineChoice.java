// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.engine;

import dev.regsh.bpf.program.Ability;
import dev.regsh.bpf.program.Engine;
import dev.regsh.bpf.typed.TypedRule;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Picks the engine of a rule: the best one of this machine that can do all of it. */
public final class EngineChoice {
    private EngineChoice() {}

    /**
     * Empty for a rule that needs none: one that only watches, signals, or writes to user memory. But the module's own probes count
     * the returns they miss, which a kernel that needs those does not.
     *
     * @param rules the rule as it is at each of its functions
     * @throws NoEngineException if no engine of the machine can do it
     */
    public static Optional<Engine> of(Collection<TypedRule> rules, EngineContext context) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        rules.forEach(rule -> needs.addAll(Need.of(rule)));
        if (needs.isEmpty()) {
            boolean returns = rules.stream().anyMatch(rule -> rule.after() && !rule.user());
            return context.engines().stream().min(Comparator.naturalOrder()).filter(best -> returns && best == Engine.PROBE);
        }
        Optional<Engine> best = Arrays.stream(Engine.values()).filter(context.engines()::contains)
                .filter(engine -> needs.stream().allMatch(need -> can(engine, need, context))).findFirst();
        if (best.isEmpty() && rules.stream().noneMatch(TypedRule::dry)) {
            throw none(needs, context);
        }
        return best;
    }

    private static NoEngineException none(Set<Need> needs, EngineContext context) {
        Need missing = needs.stream().filter(need -> context.engines().stream().noneMatch(e -> can(e, need, context)))
                .findFirst().orElseGet(() -> needs.iterator().next());
        boolean alone = context.engines().stream().anyMatch(e -> can(e, missing, context));
        return new NoEngineException("no engine of this machine can " + missing.words()
                + (alone ? " and do the rest of this rule" : ""),
                Arrays.stream(Engine.values()).filter(e -> needs.stream().allMatch(need -> couldDo(e, need))).toList());
    }

    private static boolean can(Engine engine, Need need, EngineContext context) {
        return couldDo(engine, need) && (need != Need.KERNEL_MEMORY || writesMemory(engine, context));
    }

    private static boolean writesMemory(Engine engine, EngineContext context) {
        return switch (engine) {
            case HELPER -> context.can(Ability.HELPER_WRITES_MEMORY);
            case KFUNC -> context.can(Ability.KFUNC_WRITES_MEMORY);
            // The device has had a door to memory from the beginning.
            case PROBE -> true;
            case OVERRIDE_RETURN, UPROBE_CTX -> false;
        };
    }

    private static boolean couldDo(Engine engine, Need need) {
        return switch (engine) {
            case HELPER, KFUNC, PROBE -> true;
            case OVERRIDE_RETURN -> need == Need.KERNEL_SKIP;
            case UPROBE_CTX -> need.user();
        };
    }
}
