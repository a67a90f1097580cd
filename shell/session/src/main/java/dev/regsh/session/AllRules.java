// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import dev.regsh.session.failure.Failure;
import dev.regsh.session.keep.KeptRule;
import dev.regsh.session.peer.PeerRule;
import dev.regsh.session.rule.AttachedRule;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.session.rule.PendingRule;
import dev.regsh.session.rule.RuleFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The rules of this session, of other sessions, and those that were kept. */
public final class AllRules {
    private final Session session;

    public AllRules(Session session) {
        this.session = session;
    }

    private record Own(Session session, LiveRule rule) implements AttachedRule {
        @Override
        public String ref() {
            return Integer.toString(rule.id());
        }

        @Override
        public String name() {
            return rule.name();
        }

        @Override
        public Map<String, Object> fields() {
            return RuleFields.of(rule);
        }

        @Override
        public void arm(boolean armed) {
            if (rule.over()) {
                throw new Failure("'" + rule.name() + "' is detached: its time (for) is over", "attach it again");
            }
            rule.arm(armed);
        }

        @Override
        public void detach() {
            session.detach(rule);
        }
    }

    private record Awaiting(Session session, PendingRule rule) implements AttachedRule {
        @Override
        public String ref() {
            return Integer.toString(rule.id());
        }

        @Override
        public String name() {
            return rule.name();
        }

        @Override
        public Map<String, Object> fields() {
            return RuleFields.of(rule);
        }

        @Override
        public void arm(boolean armed) {
            throw new Failure("'" + rule.name() + "' is not attached yet: module " + rule.module() + " is not loaded",
                    "modprobe " + rule.module());
        }

        @Override
        public void detach() {
            session.rules().remove(rule);
        }
    }

    /** Those of this session, which wait for their module too. */
    public List<AttachedRule> own() {
        List<AttachedRule> own = new ArrayList<>();
        session.rules().live().stream().filter(rule -> !rule.over()).forEach(rule -> own.add(new Own(session, rule)));
        session.rules().pending().forEach(rule -> own.add(new Awaiting(session, rule)));
        return own;
    }

    /** All of this machine; {@code unheard} gets why a session did not answer. */
    public List<AttachedRule> all(Consumer<Failure> unheard) {
        List<AttachedRule> all = own();
        all.addAll(PeerRule.all(session.socket(), unheard));
        all.addAll(KeptRule.all());
        return all;
    }

    /** The rules meant by a number, a name or {@code all} (of this session), {@code --all}, {@code PID/NUMBER}. */
    public List<AttachedRule> meant(String word, Consumer<Failure> unheard) {
        if (word.equals("all")) {
            return own();
        } else if (word.equals("--all")) {
            return all(unheard);
        }
        Optional<LiveRule> live = session.rules().findCounted(word);
        if (live.isPresent()) {
            return List.of(new Own(session, live.get()));
        }
        Optional<PendingRule> waiting = session.rules().findPending(word);
        if (waiting.isPresent()) {
            return List.of(new Awaiting(session, waiting.get()));
        }
        List<AttachedRule> others = all(unheard).stream().filter(r -> r.ref().equals(word) || r.name().equals(word))
                .toList();
        if (others.size() > 1) {
            throw new Failure(others.size() + " sessions have a rule '" + word + "'",
                    "pick one: " + String.join(", ", others.stream().map(AttachedRule::ref).toList()));
        } else if (others.isEmpty()) {
            throw new Failure("no rule '" + word + "'", session.rules().live().isEmpty()
                    ? "no rule is attached here; list --all shows those of other sessions" : "list shows them");
        }
        return others;
    }
}
