// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import dev.regsh.bpf.compile.CompiledRule;
import dev.regsh.bpf.program.Engine;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.attach.Attachment;
import dev.regsh.session.attach.JumpTarget;
import dev.regsh.session.attach.Loader;
import dev.regsh.session.compile.MachineCompiler;
import dev.regsh.session.counter.CounterBlock;
import dev.regsh.session.counter.Counters;
import dev.regsh.session.event.EventHub;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.keep.KeptRule;
import dev.regsh.session.machine.KernelSymbols;
import dev.regsh.session.module.RuleModules;
import dev.regsh.session.program.UserPrograms;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.session.rule.PendingRule;
import dev.regsh.session.rule.RuleTable;
import dev.regsh.session.watchdog.Owner;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a session's rules into the kernel and out of it again, one at a time; whatever fails, nothing of a rule stays. */
final class RuleAttacher implements AutoCloseable {
    private final KernelSymbols symbols;
    private final UserPrograms programs;
    private final MachineCompiler compiler;
    private final RuleTable rules;
    private final EventHub events;
    private final Owner.Listener listener;
    private final Counters counters = new Counters();
    private @Nullable Owner owner;
    private boolean closed;

    /** @param listener hears from the watchdog */
    RuleAttacher(KernelSymbols symbols, UserPrograms programs, MachineCompiler compiler, RuleTable rules, EventHub events,
            Owner.Listener listener) {
        this.symbols = symbols;
        this.programs = programs;
        this.compiler = compiler;
        this.rules = rules;
        this.events = events;
        this.listener = listener;
    }

    /** Compiles, loads, attaches and arms a rule. */
    synchronized LiveRule attach(Rule rule) {
        checkOpen();
        return attach(rules.next(), rule);
    }

    /** The same with one that waited for its module; empty: it does not wait any more. */
    synchronized Optional<LiveRule> attach(PendingRule waiting) {
        checkOpen();
        return rules.remove(waiting) ? Optional.of(attach(waiting.id(), waiting.rule())) : Optional.empty();
    }

    private void checkOpen() {
        if (closed) {
            throw new Failure("this session is closed", "");
        }
    }

    private LiveRule attach(int id, Rule rule) {
        compiler.engines();
        // Its start takes no time that the compiler does not take.
        Owner own = owner();
        CompiledRule compiled = compiler.compile(rule);
        compiled.name().ifPresent(rules::checkFree);
        CounterBlock block = counters.take();
        try {
            own.takes(block);
            RuleModules modules = RuleModules.of(rule, compiled, symbols);
            LiveRule live = new LiveRule(id, rule, load(id, rule, compiled, block, compiled.duration()), block, modules);
            // Whoever hears of its first event finds it.
            rules.add(live);
            live.arm(true);
            return live;
        } catch (RuntimeException failed) {
            counters.giveBack(block);
            throw failed;
        }
    }

    private Attachment load(int id, Rule rule, CompiledRule compiled, CounterBlock block, Optional<Duration> time) {
        if (compiled.emits()) {
            events.add(id, compiled);
        }
        return new Loader(compiler.engines(), counters, events, programs, block, time,
                JumpTarget.of(rule, compiled, symbols, rules.live().stream().map(LiveRule::attachment).toList()))
                .attach(id, compiled);
    }

    /** Keeps a rule until its module is loaded. */
    synchronized PendingRule await(Rule rule, String module) {
        checkOpen();
        PendingRule waiting = new PendingRule(rules.next(), rule, module, System.nanoTime());
        rules.checkFree(waiting.name());
        rules.add(waiting);
        return waiting;
    }

    /**
     * Attaches a rule anew after a module that it needs has come or gone. If that fails, it waits until they are others again.
     *
     * @param then the rule's modules as they were
     * @return false: somebody else has done so already, or it is detached
     */
    synchronized boolean reattach(LiveRule rule, RuleModules then, RuleModules now) {
        if (rule.modules() != then || rule.over()) {
            return false;
        }
        rule.await(now);
        CompiledRule compiled = compiler.compile(rule.source());
        RuleModules modules = RuleModules.of(rule.source(), compiled, symbols);
        boolean armed = rule.armed();
        rule.arm(false);
        try {
            rule.resume(load(rule.id(), rule.source(), compiled, rule.block(), rule.left()), modules.with(now));
        } finally {
            rule.arm(armed);
        }
        return true;
    }

    /**
     * False: it was detached already.
     *
     * @param ends its time is over, and its counters can still be asked for
     */
    synchronized boolean detach(LiveRule rule, boolean ends) {
        if (!rules.remove(rule, ends)) {
            return false;
        }
        rule.close();
        counters.giveBack(rule.block());
        return true;
    }

    /** Pins a rule, which is none of this session then; gives the name it is kept by. */
    synchronized String keep(LiveRule rule) {
        rule.compiled().everybodys().ifPresent(what -> {
            throw new Failure("'" + rule.name() + "' cannot be kept: " + what + ", the regsh too that is to detach it",
                    "narrow it with pid, comm, cgroup, caller or when");
        });
        if (rule.compiled().engine().equals(Optional.of(Engine.PROBE))) {
            throw new Failure("'" + rule.name() + "' cannot be kept: it is attached to a probe of the module's own (engine probe), "
                    + "which goes with the process that has it", "save it, and replay that in a session that stays");
        }
        if (rule.waiting()) {
            throw new Failure("'" + rule.name() + "' cannot be kept: nothing of it is attached while "
                    + RuleModules.sentence(rule.absent()) + " gone",
                    rule.absent().isEmpty() ? "" : "modprobe " + rule.absent().get(0));
        }
        String name = KeptRule.keep(rule, counters.map()).name();
        rules.remove(rule, false);
        // Its block of counters is never used again here.
        Owner.leaves(rule.block());
        rule.release();
        return name;
    }

    private Owner owner() {
        if (owner == null) {
            owner = new Owner(counters, listener);
        }
        return owner;
    }

    /** The watchdog has disarmed all rules, whether this process has learned of it or not. */
    synchronized boolean hasHung() {
        return owner != null && owner.hasHung();
    }

    /** Takes no rule from here on and detaches those there are, which it gives back. */
    synchronized Collection<LiveRule> end() {
        closed = true;
        rules.endNumbers();
        Collection<LiveRule> last = rules.live();
        // At once for all of them: the kernel takes some 100 ms to detach each.
        last.forEach(rule -> rule.arm(false));
        last.forEach(rule -> detach(rule, false));
        return last;
    }

    /** To follow {@link #end}. */
    @Override
    public synchronized void close() {
        if (owner != null) {
            owner.close();
        }
        counters.close();
    }
}
