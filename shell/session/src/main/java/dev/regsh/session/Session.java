// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import dev.regsh.grammar.statement.Rule;
import dev.regsh.session.compile.MachineCompiler;
import dev.regsh.session.event.EventHub;
import dev.regsh.session.machine.KernelSymbols;
import dev.regsh.session.machine.KernelTypes;
import dev.regsh.session.module.RuleModules;
import dev.regsh.session.peer.PeerServer;
import dev.regsh.session.program.UserPrograms;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.session.rule.PendingRule;
import dev.regsh.session.rule.RuleTable;
import dev.regsh.session.watchdog.Owner;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules of this process. They are attached while it lives and it says so; nothing of them outlives it. */
public final class Session implements AutoCloseable {
    private static final long LONGEST_DRAIN_MILLIS = 1000;

    private final KernelSymbols symbols = new KernelSymbols();
    private final KernelTypes types = new KernelTypes();
    private final UserPrograms programs = new UserPrograms();
    private final MachineCompiler compiler = new MachineCompiler(symbols, types, programs);
    private final RuleTable rules = new RuleTable();
    private final EventHub events = new EventHub();
    private volatile Consumer<String> notes = note -> {};
    private volatile BooleanSupplier waits = () -> false;
    private volatile boolean lostRules;
    private final RuleAttacher attacher = new RuleAttacher(symbols, programs, compiler, rules, events, new Owner.Listener() {
        @Override
        public void disarmed() {
            giveUp("this session did not answer for 10 seconds; all its rules were disarmed by its watchdog and are detached");
        }

        @Override
        public void unwatched() {
            giveUp("regsh-watchdog has ended and cannot be started again; all rules are detached");
        }
    });
    private final ModuleFollower modules = new ModuleFollower(rules, attacher, this::note);
    private volatile @Nullable PeerServer peers;
    private @Nullable RuleWatch watch;

    public KernelSymbols symbols() {
        return symbols;
    }

    public KernelTypes types() {
        return types;
    }

    /** For rules that are only to be looked at, and for what this machine's engines can. */
    public MachineCompiler compiler() {
        return compiler;
    }

    /** Those there are; {@link #attach} and {@link #detach} change them. */
    public RuleTable rules() {
        return rules;
    }

    /** What its rules log. */
    public EventHub events() {
        return events;
    }

    /** Tells of what happens to its rules without its user having asked. */
    public void onNote(Consumer<String> listener) {
        notes = listener;
    }

    private void note(String text) {
        notes.accept(text);
    }

    /** Compiles, loads, attaches and arms a rule; whatever fails, nothing of it stays. */
    public LiveRule attach(Rule rule) {
        LiveRule live = attacher.attach(rule);
        beginLooking();
        return live;
    }

    /** Rules on modules that are not loaded wait for them as long as this says so. */
    public void waitForModules(BooleanSupplier wanted) {
        waits = wanted;
    }

    /** The module that a rule would wait for; empty: it would not wait. */
    public Optional<String> awaited(Rule rule) {
        return waits.getAsBoolean() ? PendingRule.module(rule).filter(module -> !RuleModules.loaded(module)) : Optional.empty();
    }

    /** Keeps a rule until its module is loaded, and attaches it then. */
    public PendingRule await(Rule rule, String module) {
        compiler.engines();
        PendingRule waiting = attacher.await(rule, module);
        beginLooking();
        return waiting;
    }

    /** From now on others can ask for the rules, and those are looked at. */
    private synchronized void beginLooking() {
        if (peers == null || watch == null) {
            peers = new PeerServer(new AllRules(this)::own, this::note);
            watch = new RuleWatch(this::look, () -> !rules.isEmpty());
        }
        watch.wake();
    }

    /** Where others ask for its rules; empty: nowhere yet. */
    Optional<Path> socket() {
        return Optional.ofNullable(peers).map(PeerServer::socket);
    }

    /** Tells of errors that nobody was told of, takes away the rules whose time is over, and follows modules. */
    public void look() {
        modules.followPending();
        for (LiveRule rule : rules.live()) {
            tellNews(rule);
            if (!rule.modules().none()) {
                modules.follow(rule);
            }
            if (rule.over() && attacher.detach(rule, true)) {
                afterRemoval(rule);
                note(rule.name() + ": its time is over; fired " + rule.fired() + "; it is detached");
            }
        }
    }

    private void tellNews(LiveRule rule) {
        rule.news().ifPresent(words -> note(rule.name() + ": " + words));
    }

    /** One that is detached already is only forgotten. */
    public void detach(LiveRule rule) {
        if (attacher.detach(rule, false)) {
            afterRemoval(rule);
        } else {
            rules.forget(rule);
        }
    }

    private void afterRemoval(LiveRule rule) {
        tellNews(rule);
        rule.stillIn().ifPresent(module -> note("module " + module + " stays loaded until the tasks that "
                + rule.name() + " has sent there have left it"));
        // Not under a lock: whoever takes an event may ask this session about it.
        if (rule.compiled().emits()) {
            events.drain();
        }
    }

    /** Pins a rule so that it outlives this session, which does not know it any more then; gives the name it is kept by. */
    public String keep(LiveRule rule) {
        return attacher.keep(rule);
    }

    private void giveUp(String why) {
        lostRules = true;
        Collection<LiveRule> all = rules.live();
        all.forEach(rule -> rule.arm(false));
        note(why);
        all.forEach(this::detach);
    }

    /** Rules of this session were ended without its user having asked: what was tested with them was not. */
    public boolean lostRules() {
        return lostRules || attacher.hasHung();
    }

    /**
     * Nothing acts any more when it has begun, and nothing is attached when it returns. A terminal that takes no output keeps the
     * last events from being shown, not this from ending.
     */
    @Override
    public void close() {
        // Before one that is being attached is waited for.
        rules.live().forEach(rule -> rule.arm(false));
        tellLast(attacher.end());
        events.close();
        endLooking();
        programs.close();
        attacher.close();
        compiler.close();
    }

    private synchronized void endLooking() {
        if (peers != null && watch != null) {
            peers.close();
            watch.close();
        }
    }

    private void tellLast(Collection<LiveRule> last) {
        Thread drain = new Thread(() -> {
            last.forEach(this::tellNews);
            events.drain();
        }, "last events");
        drain.setDaemon(true);
        drain.start();
        try {
            drain.join(LONGEST_DRAIN_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
