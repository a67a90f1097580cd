// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.api;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.session.Session;
import dev.regsh.session.event.Event;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.LiveRule;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * regsh as a library: rules of its language, attached while this is open.
 *
 * <pre>{@code
 * try (Regsh regsh = Regsh.open()) {
 *     RegshRule nomem = regsh.attach("on libfoo.so:open ret=-ENOMEM limit 1");
 *     ... // whatever is to be tested
 *     assertEquals(1, nomem.fired());
 * }
 * }</pre>
 *
 * <p>Every method may be called from any thread; rules are attached and detached one after the other. Whatever goes wrong is a
 * {@link RegshException}. Rules act on the whole machine unless they say otherwise ({@code comm}, {@code pid}, {@code cgroup}), but
 * never on this process.
 *
 * <p>The rules end with this process, however it ends: by {@link #close}, by its exit, or killed. If it does not answer for ten
 * seconds while it has rules, a process that watches over it (regsh-watchdog) disarms them all and they are detached;
 * {@link #lostRules} says so.
 */
public final class Regsh implements AutoCloseable {
    private final Session session = new Session();
    private final Map<Integer, RegshRule> rules = new ConcurrentHashMap<>();

    private Regsh() {
        session.events().listen(this::take);
    }

    /**
     * Nothing is attached yet, and no other process is started.
     *
     * @throws RegshException of kind {@link Failure.Kind#UNSUPPORTED} where no rule can be attached: without CAP_SYS_ADMIN, libbpf, or
     *     the kernel's types
     */
    public static Regsh open() {
        Regsh opened = new Regsh();
        try {
            RegshException.told(() -> opened.session.compiler().engines());
            return opened;
        } catch (RegshException refused) {
            opened.close();
            throw refused;
        }
    }

    /**
     * Compiles, loads, attaches and arms a rule: when this returns, it acts on the next call.
     *
     * @param rule one rule of regsh's language, as at its prompt
     * @throws RegshException if the text is no rule ({@link Failure.Kind#USAGE}), if this machine lacks what it takes
     *     ({@link Failure.Kind#UNSUPPORTED}), or if it is refused; nothing of it is attached then
     */
    public RegshRule attach(String rule) {
        Rule parsed = parse(rule);
        LiveRule live = RegshException.told(() -> session.attach(parsed));
        return known(live);
    }

    /** Its first event may have come before this thread has gone on. */
    private RegshRule known(LiveRule live) {
        return rules.computeIfAbsent(live.id(), id -> new RegshRule(session, live, () -> rules.remove(id)));
    }

    private static Rule parse(String text) {
        List<Statement> statements;
        try {
            statements = Parser.parse(new Source("rule", text), Map.of());
        } catch (DiagnosticException wrong) {
            throw RegshException.of(Failure.Kind.USAGE, wrong);
        }
        if (statements.size() != 1 || !(statements.get(0) instanceof Rule rule)) {
            throw new RegshException(Failure.Kind.USAGE, "this is not one rule: " + text, "on FUNCTION ... or after FUNCTION ...",
                    null);
        }
        return rule;
    }

    private void take(Event event) {
        RegshRule rule = rules.get(event.id());
        if (rule == null) {
            rule = session.rules().find(Integer.toString(event.id())).map(this::known).orElse(null);
        }
        if (rule != null) {
            rule.take(event);
        }
    }

    /** Tells in a sentence of what happens to rules without anybody having asked: errors, an end of their time, modules that go. */
    public void onNote(Consumer<String> listener) {
        session.onNote(listener);
    }

    /** Rules were ended without anybody having asked, since this process did not answer: what was tested with them was not. */
    public boolean lostRules() {
        return session.lostRules();
    }

    /** Detaches every rule; when this returns, nothing of them is in the kernel. Their counters can still be read. */
    @Override
    public void close() {
        session.close();
    }
}
