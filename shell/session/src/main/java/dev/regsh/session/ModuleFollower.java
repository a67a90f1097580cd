// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import dev.regsh.session.module.RuleModules;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.session.rule.PendingRule;
import dev.regsh.session.rule.RuleTable;
import java.util.List;
import java.util.function.Consumer;

/** Modules of the kernel come and go: the rules that need them are attached, wait, and are attached again, and somebody is told. */
final class ModuleFollower {
    private final RuleTable rules;
    private final RuleAttacher attacher;
    private final Consumer<String> notes;

    ModuleFollower(RuleTable rules, RuleAttacher attacher, Consumer<String> notes) {
        this.rules = rules;
        this.attacher = attacher;
        this.notes = notes;
    }

    /** Attaches those whose module was never there before and is now. */
    void followPending() {
        for (PendingRule rule : rules.pending()) {
            if (RuleModules.loaded(rule.module())) {
                follow(rule);
            }
        }
    }

    private void follow(PendingRule waiting) {
        String what = RuleModules.sentence(List.of(waiting.module())) + " loaded";
        try {
            attacher.attach(waiting).ifPresent(live -> notes.accept(what + ": " + live.name() + " is attached, to " + count(live)));
        } catch (RuntimeException cannot) {
            notes.accept(what + ", but " + waiting.name() + " cannot be attached: " + cannot.getMessage());
        }
    }

    /** Where a module that the rule needs has come or gone: attaches it to what there is now, or lets it wait. */
    void follow(LiveRule rule) {
        RuleModules then = rule.modules();
        RuleModules now = then.now();
        if (now.same(then)) {
            return;
        }
        boolean waited = rule.waiting();
        List<String> back = now.newSince(then);
        String what = back.isEmpty() ? RuleModules.sentence(now.absent()) + " gone" : RuleModules.sentence(back) + " back";
        try {
            if (attacher.reattach(rule, then, now)) {
                notes.accept(what + ": " + rule.name() + " is attached " + (waited ? "again" : "anew") + ", to " + count(rule));
            }
        } catch (RuntimeException cannot) {
            notes.accept(what + (back.isEmpty() ? ": " + rule.name() + " waits until it is back"
                    : ", but " + rule.name() + " cannot be attached: " + cannot.getMessage()));
        }
    }

    private static String count(LiveRule rule) {
        return rule.functions() == 1 ? "1 function" : rule.functions() + " functions";
    }
}
