// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.rule;

import dev.regsh.grammar.clause.AsClause;
import dev.regsh.grammar.probe.Probe;
import dev.regsh.grammar.statement.Rule;
import java.util.Optional;

/**
 * A rule on a module that is not loaded yet: nothing of it is compiled, since its functions are not known.
 *
 * @param id its number, which it keeps when it is attached
 * @param since {@link System#nanoTime()} when it was given
 */
public record PendingRule(int id, Rule rule, String module, long since) {
    private record InModule(String module, String functions) {}

    private static final Probe.Visitor<Optional<InModule>> IN_MODULE = new Probe.Visitor<>() {
        @Override
        public Optional<InModule> visitKernelFunction(Probe.KernelFunction probe) {
            return probe.module().map(module -> new InModule(module, probe.function()));
        }

        @Override
        public Optional<InModule> visitKernelGlob(Probe.KernelGlob probe) {
            return probe.module().map(module -> new InModule(module, probe.pattern()));
        }

        @Override
        public Optional<InModule> visitUserSymbol(Probe.UserSymbol probe) {
            return Optional.empty();
        }

        @Override
        public Optional<InModule> visitUserOffset(Probe.UserOffset probe) {
            return Optional.empty();
        }
    };

    /** The module that a rule's probe names; empty: none. */
    public static Optional<String> module(Rule rule) {
        return rule.probe().accept(IN_MODULE).map(InModule::module);
    }

    /** What it is to be attached to, as it says: {@code MODULE:FUNCTION}. */
    public String probe() {
        return module + ":" + rule.probe().accept(IN_MODULE).map(InModule::functions).orElse("");
    }

    /** Its canonical text, on one line. */
    public String text() {
        return rule.written();
    }

    public String name() {
        return rule.clause(AsClause.class).map(AsClause::name).orElse(Integer.toString(id));
    }

    boolean is(String name) {
        return name().equals(name) || Integer.toString(id).equals(name);
    }
}
