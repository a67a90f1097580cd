// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.api;

import dev.regsh.session.Session;
import dev.regsh.session.event.Event;
import dev.regsh.session.rule.LiveRule;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A rule that {@link Regsh#attach} has attached. Its counters are those of the kernel's programs at the moment when they are asked
 * for; after {@link #detach} they stay as they were last. Every method may be called from any thread.
 */
public final class RegshRule implements AutoCloseable {
    /** Events that wait for {@link #nextEvent}. */
    private static final int MOST_EVENTS = 10_000;

    private final Session session;
    private final LiveRule rule;
    private final Runnable detached;
    private final Deque<Event> events = new ArrayDeque<>();
    private volatile @Nullable Consumer<Event> listener;

    /** @param detached is run when it is detached and its last event was handed on */
    RegshRule(Session session, LiveRule rule, Runnable detached) {
        this.session = session;
        this.rule = rule;
        this.detached = detached;
    }

    /** As the rule says ({@code as NAME}), or its number. */
    public String name() {
        return rule.name();
    }

    /** The rule as regsh writes it. */
    public String text() {
        return rule.text();
    }

    /** Times that everything the rule asks of a call was so, but for {@code skip}, {@code every}, {@code chance} and {@code limit}. */
    public long hits() {
        return rule.hits();
    }

    /** Times that it did what it says. */
    public long fired() {
        return rule.fired();
    }

    /** Times that it could not do so, or could not read what it had to compare; {@link #lastFailure} says why. */
    public long errors() {
        return rule.errors();
    }

    /** Calls that never reached it, since the kernel was running another program there; kernels before 6.7 do not count all. */
    public long missed() {
        return rule.missed();
    }

    /** Events that found no room in the kernel's buffer. */
    public long dropped() {
        return rule.dropped();
    }

    /** What the last error was of, in words; empty: there was none. */
    public Optional<String> lastFailure() {
        return rule.lastFailure();
    }

    /** It is in the kernel: not detached, not over by its own time ({@code for}), and no module that it needs is gone. */
    public boolean attached() {
        return !rule.over() && !rule.waiting();
    }

    public boolean armed() {
        return rule.armed();
    }

    /** From here on it counts and acts, as it does from the beginning. */
    public void arm() {
        rule.arm(true);
    }

    /** From here on it does nothing and counts nothing, and stays attached: this takes no time, and calls under way may still fire. */
    public void disarm() {
        rule.arm(false);
    }

    /**
     * Takes the oldest event that was not taken yet, of a rule that logs and has no {@link #onEvent} listener. Events come some
     * milliseconds after their calls. Of more than 10000 that nobody takes the oldest are lost.
     *
     * @param longest how long to wait for one
     * @return empty: none came, or the thread was interrupted, and still is
     */
    public Optional<Event> nextEvent(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (events) {
            try {
                for (long left = longest.toNanos(); events.isEmpty() && left > 0; left = end - System.nanoTime()) {
                    events.wait(left / 1_000_000, (int) (left % 1_000_000));
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            return Optional.ofNullable(events.poll());
        }
    }

    /**
     * Hands on every event from here on, one at a time, in a thread of regsh's own; those that came already are to be taken by
     * {@link #nextEvent}. While the listener works no other event is handed on, of no rule.
     */
    public void onEvent(Consumer<Event> listener) {
        this.listener = listener;
    }

    void take(Event event) {
        Consumer<Event> heard = listener;
        if (heard != null) {
            heard.accept(event);
            return;
        }
        synchronized (events) {
            if (events.size() == MOST_EVENTS) {
                events.poll();
            }
            events.add(event);
            events.notifyAll();
        }
    }

    /**
     * Detaches it: when this returns, nothing of it acts any more, its counters are final and its events have been handed on. Takes
     * some 100 ms for each function in the kernel. A second time it does nothing.
     */
    public void detach() {
        rule.arm(false);
        session.detach(rule);
        detached.run();
    }

    /** {@link #detach}. */
    @Override
    public void close() {
        detach();
    }
}
