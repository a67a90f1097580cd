// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.rule;

import dev.regsh.session.failure.Failure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The rules of a session by their numbers and names: those that are attached, those that wait for a module that was never there,
 * and the last of those whose time was over. For several threads; who reads waits for nobody.
 */
public final class RuleTable {
    private static final int MAX_ENDED = 256;

    private final Map<Integer, LiveRule> live = new TreeMap<>();
    private volatile List<LiveRule> snapshot = List.of();
    private final Map<Integer, PendingRule> pending = new ConcurrentSkipListMap<>();
    /** Rules whose time was over, by name: their counters can still be asked for. */
    private final Map<String, LiveRule> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LiveRule> eldest) {
            return size() > MAX_ENDED;
        }
    };
    /** The number of the rule that comes next, once somebody has asked; else 0. */
    private int next;
    private boolean numbered;

    /**
     * The number of the rule that comes next, of one sequence for all sessions of this process that are open: so
     * {@code PID/NUMBER} means one rule. The same until a rule with it is added; {@link #endNumbers} is to follow.
     */
    public synchronized int next() {
        if (next == 0) {
            next = RuleNumbers.next(!numbered);
            numbered = true;
        }
        return next;
    }

    /** No rule comes any more. */
    public synchronized void endNumbers() {
        if (numbered) {
            numbered = false;
            next = 0;
            RuleNumbers.end();
        }
    }

    private void used(int number) {
        if (number == next) {
            next = 0;
        }
    }

    public synchronized void add(LiveRule rule) {
        live.put(rule.id(), rule);
        used(rule.id());
        ended.remove(rule.name());
        snapshot = List.copyOf(live.values());
    }

    public synchronized void add(PendingRule rule) {
        pending.put(rule.id(), rule);
        used(rule.id());
    }

    /**
     * False: it was not there any more.
     *
     * @param ends its counters can still be asked for, at every moment
     */
    public synchronized boolean remove(LiveRule rule, boolean ends) {
        if (!live.remove(rule.id(), rule)) {
            return false;
        }
        if (ends) {
            ended.put(rule.name(), rule);
        }
        snapshot = List.copyOf(live.values());
        return true;
    }

    /** False: it was not there any more. */
    public boolean remove(PendingRule rule) {
        return pending.remove(rule.id(), rule);
    }

    /** The counters of a rule whose time was over are not asked for any more. */
    public synchronized void forget(LiveRule rule) {
        ended.remove(rule.name(), rule);
    }

    /** Those that are attached, in order of their numbers. */
    public Collection<LiveRule> live() {
        return snapshot;
    }

    /** Those that wait for a module that was never there, in order of their numbers. */
    public Collection<PendingRule> pending() {
        return List.copyOf(pending.values());
    }

    public boolean isEmpty() {
        return snapshot.isEmpty() && pending.isEmpty();
    }

    /** The attached one of this number or name. */
    public Optional<LiveRule> find(String name) {
        return snapshot.stream().filter(rule -> rule.is(name)).findFirst();
    }

    /** The same, or the last of that name whose time was over ({@code for}) and whose counters are still there. */
    public Optional<LiveRule> findCounted(String name) {
        Optional<LiveRule> attached = find(name);
        if (attached.isPresent()) {
            return attached;
        }
        synchronized (this) {
            return Optional.ofNullable(ended.get(name));
        }
    }

    /** The waiting one of this number or name. */
    public Optional<PendingRule> findPending(String name) {
        return pending.values().stream().filter(rule -> rule.is(name)).findFirst();
    }

    /** @throws Failure if there is a rule of this number or name */
    public void checkFree(String name) {
        if (find(name).isPresent() || findPending(name).isPresent()) {
            throw nameTaken(name);
        }
    }

    public static Failure nameTaken(String name) {
        return new Failure("there is a rule named '" + name + "' already", "detach " + name);
    }

    public static Failure noRule(String name) {
        return new Failure("no rule '" + name + "'", "list shows them");
    }
}
