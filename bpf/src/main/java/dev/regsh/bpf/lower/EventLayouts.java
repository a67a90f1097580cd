// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.program.EventLayout;
import dev.regsh.bpf.program.EventLayout.Form;
import dev.regsh.bpf.typed.TypedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in a rule's events: the logged values, then every change, in the order in which the actions compute them. */
public final class EventLayouts {
    private final TypedRule rule;
    private final List<EventLayout.Field> fields = new ArrayList<>();

    private EventLayouts(TypedRule rule) {
        this.rule = rule;
    }

    /** Empty: the rule emits none. */
    public static Optional<EventLayout> of(TypedRule rule) {
        if (!rule.emits()) {
            return Optional.empty();
        }
        EventLayouts layout = new EventLayouts(rule);
        rule.log().ifPresent(values -> values.forEach(value -> layout.add(value.label(), form(value))));
        rule.memory().forEach(write -> layout.add(write.label(), change(write.place().signed())));
        rule.registers().forEach(write -> layout.add(write.label(), change(write.old().signed())));
        rule.result().ifPresent(value -> layout.add("ret", value.signed() ? Form.SIGNED : Form.UNSIGNED));
        rule.jump().ifPresent(jump -> layout.add("goto " + jump.function(), Form.POINTER));
        rule.signal().ifPresent(number -> layout.add("signal", Form.SIGNED));
        return Optional.of(new EventLayout(layout.fields));
    }

    private static Form change(boolean signed) {
        return signed ? Form.CHANGE : Form.UNSIGNED_CHANGE;
    }

    private static Form form(TypedRule.Logged value) {
        return value.accept(new TypedRule.Logged.Visitor<>() {
            @Override
            public Form visitNumber(TypedRule.Logged.Number number) {
                return number.pointer() ? Form.POINTER : number.value().signed() ? Form.SIGNED : Form.UNSIGNED;
            }

            @Override
            public Form visitText(TypedRule.Logged.Text text) {
                return Form.STRING;
            }
        });
    }

    private void add(String label, Form form) {
        int end = new EventLayout(fields).size();
        fields.add(new EventLayout.Field(label, form, end, form != Form.UNSIGNED && rule.errnos().contains(label)));
    }
}
